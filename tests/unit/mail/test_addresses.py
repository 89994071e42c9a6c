import pytest

from planbook.mail.addresses import AddressError, parse_address


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("kjt@hubei.gov.cn", "kjt@hubei.gov.cn"),
        (" 123456789@QQ.com\u3000", "123456789@qq.com"),
        ("a.b+c_d-e@163.com", "a.b+c_d-e@163.com"),
        ("bgs@某某厅.政务", "bgs@xn--imr158ba.xn--zfr164b"),
    ],
)
def test_plain_address(text: str, email: str) -> None:
    assert parse_address(text).email == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有",
        "kjt@hubei",
        "kjt@hubei.gov.cn\r\nBcc: all@example.com",
        "kjt@hubei.gov.cn\nBcc: all@example.com",
        "kjt@hubei.gov.cn\u2028Bcc: all@example.com",
        "kjt@hubei.gov.cn,cz@hubei.gov.cn",
        "kjt@hubei.gov.cn；cz@hubei.gov.cn",
        "kjt@hubei.gov.cn cz@hubei.gov.cn",
        "kjt@hubei.gov.cn/cz@hubei.gov.cn",
        "kjt@a.cn@b.cn",
        "李某<kjt@hubei.gov.cn>",
        '"kjt@a.cn"@b.cn',
        "kjt＠hubei.gov.cn",
        "ｋjt@hubei.gov.cn",
        "kjt@hubei．gov.cn",
        "kj\u200bt@hubei.gov.cn",
        "kjt\u202e@hubei.gov.cn",
        "кjt@hubei.gov.cn",
        "kjt@huвei.gov.cn",
        ".kjt@hubei.gov.cn",
        "kjt@-hubei.gov.cn",
        "kjt@hubei..cn",
        "kjt@127.0.0.1",
        "kjt@[127.0.0.1]",
        "x" * 65 + "@hubei.gov.cn",
        "kjt@hubei.gov.cn\0",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        parse_address(text)


@pytest.mark.parametrize("name", ["省科技厅\r\nBcc: x@y.cn", "省科技厅\u2028", "省\u202e科技厅", "省科技厅\x7f"])
def test_name_that_would_end_a_header_is_refused(name: str) -> None:
    with pytest.raises(AddressError):
        parse_address("kjt@hubei.gov.cn", name)


@pytest.mark.parametrize(
    "name", ["省科技厅", '张"某', "a, b <c@d.cn>", "省发展和改革委员会（省粮食和物资储备局、省能源局）" * 3]
)
def test_name_in_a_header_stays_one_person(name: str) -> None:
    from email.utils import getaddresses

    header = parse_address("kjt@hubei.gov.cn", name).header()
    assert header.isascii()
    assert "\n" not in header
    assert [email for _, email in getaddresses([header])] == ["kjt@hubei.gov.cn"]
