"""The form of a calendar's next version."""

from django import forms

from reception.core.clock.models import WorkCalendar


class CalendarForm(forms.ModelForm):
    """The next version of a calendar; what it says about the days is checked before anything counts by it."""

    class Meta:
        model = WorkCalendar
        fields = ["code", "name", "version", "week", "days"]
        help_texts = {
            "code": "office 是接待用的办公日历，service 是前台的客服日历。",
            "version": "同一日历的新版本号要比现有的大。已经开始的时限仍按原来的版本算。",
            "week": '0 是周一，6 是周日；每天可以写几段，如 [["08:30", "12:00"], ["13:30", "17:30"]]。',
            "days": '放假写空，如 "2026-10-01": []；调休上班写当天的时段。',
        }
