"""The upload."""

from django import forms

from helpdesk.cases.forms import Sheet


class UploadForm(Sheet):
    """One workbook."""

    file = forms.FileField(
        label="工作簿",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "请选择要导入的 .xlsx 工作簿。",
            "empty": "这个文件是空的，请重新选择。",
            "missing": "请选择要导入的 .xlsx 工作簿。",
            "max_length": "文件名太长，请改短一些再上传。",
            "invalid": "文件没有传上来，请重新选择。",
        },
    )
