"""Printer addresses as people write them."""

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.devices.printer.address import (
    CupsQueue,
    DevicePath,
    NetworkPort,
    NoPrinter,
    PrinterPort,
    SerialPort,
    UsbDevice,
    WindowsPrinter,
    parse_address,
    width_of,
    with_width,
)


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("tcp://192.168.1.50", NetworkPort("192.168.1.50", 9100)),
        (" TCP://printer-1.kantor:9101/ ", NetworkPort("printer-1.kantor", 9101)),
        ("tcp://[::1]:9100", NetworkPort("::1", 9100)),
        ("usb://04b8:0202", UsbDevice(0x04B8, 0x0202, 0x82, 0x01)),
        ("usb://0416:5011?in=0x81&out=3", UsbDevice(0x0416, 0x5011, 0x81, 3)),
        ("serial:///dev/ttyUSB0", SerialPort("/dev/ttyUSB0", 9600)),
        ("serial:///dev/ttyS0?baud=115200", SerialPort("/dev/ttyS0", 115200)),
        ("serial://COM3", SerialPort("COM3", 9600)),
        ("serial:///com12", SerialPort("com12", 9600)),
        ("file:///dev/usb/lp0", DevicePath("/dev/usb/lp0")),
        ("file:///C:/karcis/keluar.bin", DevicePath("C:/karcis/keluar.bin")),
        ("win32://EPSON TM-T82", WindowsPrinter("EPSON TM-T82")),
        ("win32://EPSON%20TM-T82", WindowsPrinter("EPSON TM-T82")),
        ("cups://karcis", CupsQueue("karcis")),
        ("none", NoPrinter()),
        ("NONE", NoPrinter()),
    ],
)
def test_places(text: str, port: PrinterPort) -> None:
    assert parse_address(text).port == port


def test_the_paper_and_the_model_are_options() -> None:
    model = parse_address("tcp://10.0.0.9?width=58&profile=TM-T88V&qr=picture").model
    assert (model.profile, model.columns, model.native_qr) == ("TM-T88V", 32, False)


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("tcp://10.0.0.9", "tcp://10.0.0.9?width=58", "tcp://10.0.0.9"),
        (
            "win32://EPSON 58?width=80&profile=TM-T88V",
            "win32://EPSON 58?profile=TM-T88V&width=58",
            "win32://EPSON 58?profile=TM-T88V",
        ),
    ],
)
def test_another_width_leaves_the_rest(text: str, narrow: str, wide: str) -> None:
    assert (with_width(text, 58), with_width(with_width(text, 58), 80)) == (narrow, wide)
    assert (width_of(narrow), width_of(wide)) == (58, 80)
    assert parse_address(narrow).model.columns == 32


def test_the_address_keeps_what_was_written() -> None:
    assert parse_address(" tcp://10.0.0.9 ").text == "tcp://10.0.0.9"


@pytest.mark.parametrize(
    ("text", "piece", "form"),
    [
        ("", "jenisnya tidak dikenal", "tcp://192.168.1.50:9100"),
        ("192.168.1.50", "jenisnya tidak dikenal", "tcp://"),
        ("tcp", "jenisnya tidak dikenal", "tcp://"),
        ("http://10.0.0.9", "jenisnya tidak dikenal", "tcp://"),
        ("tcp://", "nama atau alamat IP printer tidak terbaca", "tcp://192.168.1.50:9100"),
        ("tcp://a b", "nama atau alamat IP printer tidak terbaca", "tcp://"),
        ("tcp://10.0.0.9:x", "nama atau alamat IP printer tidak terbaca", "tcp://"),
        ("tcp://10.0.0.9:0", "port harus 1 sampai 65535", "tcp://"),
        ("tcp://10.0.0.9:65536", "port harus 1 sampai 65535", "tcp://"),
        ("usb://04b8", "nomor pembuat dan produk USB tidak terbaca", "usb://04b8:0202"),
        ("usb://04b8:0202?in=z", "in “z” bukan bilangan yang sah", "in=0x82"),
        ("serial://", "nama port tidak ada", "serial:///dev/ttyUSB0"),
        ("serial://COM3?baud=0", "baud “0” bukan bilangan yang sah", "baud=9600"),
        ("file://", "nama berkas atau perangkat tidak ada", "file:///dev/usb/lp0"),
        ("win32://", "nama printer tidak ada", "win32://EPSON TM-T82"),
        ("cups://", "nama antrean CUPS tidak ada", "cups://karcis"),
        ("tcp://10.0.0.9?width=76", "width “76” tidak dikenal", "width=80|58"),
        ("tcp://10.0.0.9?profile=TM-X", "profile “TM-X” tidak dikenal", "TM-T88V"),
        ("tcp://10.0.0.9?qr=ya", "qr “ya” tidak dikenal", "qr=native|picture"),
        ("tcp://10.0.0.9?baud=9600", "pilihan “baud” tidak dikenal", ""),
        ("tcp://10.0.0.9?width=58&width=80", "ada pilihan yang ditulis dua kali", ""),
    ],
)
def test_mistakes_are_named_with_the_form_that_was_expected(text: str, piece: str, form: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_address(text)
    assert caught.value.what == f"Alamat printer “{text}”: {piece}."
    assert form in caught.value.todo
