"""Whether Zalo takes our token: it is asked for our own account, no message goes out."""

from collections.abc import Iterator

from flows.actions.installation.check.findings import Finding, Premises, good, note, uses, wrong

_MEND = (
    "Không kết nối được: xem đường mạng và DONDOC_ZALO_API. Mã không được nhận: lấy mã truy cập mới của "
    "Official Account, đặt vào DONDOC_ZALO_ACCESS_TOKEN (docs/channels.md)."
)


def look(premises: Premises) -> Iterator[Finding]:
    """Only where somebody is written to by Zalo, or a token is set; waits four ``zalo_timeout`` at most."""
    settings = premises.settings
    if settings is None:
        return
    needed = premises.engine is not None and uses(premises, "zalooa")
    if not needed and settings.zalo_access_token is None:
        yield note("Không dùng Zalo: chưa có mã truy cập, chưa đầu mối nào nhận qua Zalo.")
        return
    from notifications.channels.frame.http_post import close_client
    from notifications.channels.zalo.zalo_oa import account_problem

    try:
        problem = account_problem(settings)
    finally:
        close_client()
    yield wrong(f"{problem}.", _MEND) if problem else good("Zalo nhận mã truy cập. Chưa gửi tin nào.")
