"""The button above every page while the machine's clock is not believed: a person says that it is right."""

from fastapi import APIRouter
from starlette.responses import Response

from flows.actions.installation.clock_leap import confirm
from models.installation.clock_leaps import ConfirmedBy
from web.forms.fields import Posted, WrongDate, parse_day, text_of
from web.kit.desk import AtDesk, see

router = APIRouter()


@router.post("/dong-ho/xac-nhan")
def confirm_clock(desk: AtDesk, form: Posted) -> Response:
    """Confirm the day that the page showed; who comes too late, or saw another day, is told."""
    seen = parse_day(text_of(form, "ngay"))
    desk.posted.clear()  # a button: nobody has typed anything
    act = desk.keeping()
    if seen is None:
        raise WrongDate("Hãy bấm nút «Đồng hồ đúng» trên trang: chưa rõ ngày được xác nhận.")
    confirm(desk.engine, ConfirmedBy.PAGE, seen, act)
    return see("/viec?xong=dong-ho")
