"""The passwords that are tried first, without case, marks and blanks; ours to lengthen.

Only those of ten signs and more: shorter ones are refused for their length. Written down from what people of
Vietnamese offices are known to choose; no file of stolen passwords was used.
"""

_BASES = (
    "password", "matkhau", "mat_khau", "matkhaumoi", "passwordmoi", "admin", "administrator", "quantri",
    "quantrivien", "quantrihethong", "vanphong", "vanthu", "uybannhandan", "ubnd", "ubndtinh", "vpubnd",
    "bandieuhanh", "banchidao", "dondoc", "chuyenvien", "lanhdao", "hethong", "vietnam", "vietnamvodich",
    "vietnammuonnam", "hanoi", "saigon", "soctrang", "anhyeuem", "emyeuanh", "iloveyou", "iloveyouvn",
    "contraiyeu", "congiayeu", "giadinh", "giadinhtoi", "hanhphuc", "maimaiyeuem", "khongbiet", "khongcho",
    "khongnho", "xinchao", "chaoban", "welcome", "letmein", "changeme", "qwerty", "qwertyuiop", "asdfghjkl",
    "zxcvbnm", "football", "sunshine", "princess", "superman", "baseball", "dragon", "monkey", "master",
    "abc", "abcd", "abcdef", "test", "user", "guest", "default", "hochiminh", "bachochiminh", "bacho",
    "toiyeuvietnam", "namquocsonha", "quocgia", "quocoai", "tochuc", "congchuc", "canbo", "nhanvien",
)  # fmt: skip
_TAILS = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890",
    "01", "111", "000", "321", "654321", "@", "@1", "@12", "@123", "@1234", "@12345", "@123456", "!", "!!",
    "123!", "123@", "123#", "1@", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027", "2028",
    "@2020", "@2021", "@2022", "@2023", "@2024", "@2025", "@2026", "@2027", "@2028",
)  # fmt: skip
_WHOLE = (
    "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "1qaz2wsx3edc", "qazwsxedcrfv", "zaq12wsxcde3",
    "123qweasdzxc", "qwerty123456", "123456qwerty", "abc123456789", "123456789abc", "123456789a",
    "a123456789", "aa123456789", "0123456789", "1234567890", "12345678910", "123123123123", "1122334455",
    "112233445566", "147258369", "1472583690", "0987654321", "0912345678", "p@ssw0rd123", "p@ssword123",
    "passw0rd123", "passw0rd1234", "adminadmin", "admin@admin", "rootroot12", "matkhaulagi",
    "khongcomatkhau", "quenmatkhau", "motdenchin", "motha1bonnam", "mothaibabonnam", "daylamatkhau",
    "matkhaucuatoi", "thisispassword", "mypassword1", "doclaptudo", "doclaptudohanhphuc", "conghoaxahoi",
    "conghoaxahoichunghiavietnam", "dangcongsan", "dangcongsanvietnam", "songlamviechoctap",
    "tienlenvietnam", "anhnhoem123", "yeuemnhieu", "yeuanhnhieu", "sinhnhat123", "ngaysinh123",
    "20112011", "trustno1trustno1",
)  # fmt: skip

COMMONEST = frozenset({base + tail for base in _BASES for tail in _TAILS} | set(_WHOLE))
