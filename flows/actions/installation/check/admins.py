"""Whether somebody can keep the installation: a quản trị hệ thống with an account and a second factor."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from config.setting_checks import is_loopback
from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from models.db import reading
from models.sign_in.accounts import any_account
from models.sign_in.admins import AdminAccount, admin_accounts

_FIRST = 'Lập tài khoản: «dondoc person add "Họ và tên" --email HỘP_THƯ --admin», rồi mở liên kết được in ra.'
_TELEPHONE = (
    "Người đó đăng nhập, mở «Tài khoản», mục mã xác thực, và cất giữ các mã khôi phục. Mất liên kết mời: "
    "«dondoc person list» cho số của người đó, «dondoc person link SỐ» in liên kết mới."
)


def look(premises: Premises) -> Iterator[Finding]:
    """How many there are; nobody is named."""
    if premises.engine is None or premises.settings is None:
        return
    with reading(premises.engine) as session:
        accounts, found = any_account(session), admin_accounts(session, premises.today)
    if found:
        yield from _of(found)
    elif accounts:
        words = "Không quản trị hệ thống nào có tài khoản: không ai thêm được người, mở lại được tài khoản."
        yield wrong(words, _FIRST)
    elif _open_to_others(premises):
        words = "Chưa có tài khoản nào nên trang từ chối mọi máy khác; trên máy này ai cũng chọn được vai."
        yield wrong(words, _FIRST)
    else:
        yield note("Chưa có tài khoản nào: ai ngồi tại máy này cũng chọn được vai.", _FIRST)


def _of(found: Sequence[AdminAccount]) -> Iterator[Finding]:
    without = sum(not one.second for one in found)
    if without == len(found):
        one = "Quản trị hệ thống duy nhất" if without == 1 else f"Cả {without} quản trị hệ thống"
        yield wrong(f"{one} chưa có mã xác thực (bước thứ hai khi đăng nhập).", _TELEPHONE)
        return
    if without:
        words = f"{without} trong {len(found)} quản trị hệ thống chưa có mã xác thực."
        yield note(words, _TELEPHONE)
    else:
        yield good(f"{len(found)} quản trị hệ thống có tài khoản và mã xác thực.")
    if len(found) == 1:
        words = "Chỉ có một quản trị hệ thống: người đó vắng hoặc mất điện thoại thì phải dùng dòng lệnh."
        yield note(words, "Nên có người thứ hai.")


def _open_to_others(premises: Premises) -> bool:
    settings = premises.settings
    return settings is not None and not is_loopback(urlsplit(settings.base_url).hostname or "")
