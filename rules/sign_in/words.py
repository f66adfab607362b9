"""The words of signing in."""

from rules.vocabulary import Labelled


class SignInWay(Labelled):
    """By what somebody proved who it is."""

    PASSWORD = "password", "Mật khẩu"
    LINK = "link", "Liên kết gửi qua thư"
    OIDC = "oidc", "Tài khoản của tỉnh"


class LinkPurpose(Labelled):
    """What a one-time link of a person is for."""

    INVITATION = "invitation", "Lời mời sử dụng"
    SIGN_IN = "sign_in", "Đăng nhập một lần"
