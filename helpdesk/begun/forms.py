"""Why there is no record."""

from helpdesk.cases.forms import Sheet, text


class DropForm(Sheet):
    """不登记: one line, needed (E5.2.1d)."""

    reason = text("不登记的原因", say="不登记要写明原因，例如：打错、骚扰、没说话就挂断。（E5.2.1d）")
