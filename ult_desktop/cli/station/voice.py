"""`voice`: check a voice pack."""

import click

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.parameters import Folder, command
from ult_desktop.devices.voice import clips, pack as voice_pack, take

voice = TranslatedGroup("voice")


@command("Periksa paket suara FOLDER: klip yang kurang, terlalu pelan, atau pecah.", group=voice)
def check(folder: Folder, as_json: bool) -> None:
    pack = voice_pack.load_pack(folder)
    faults = {name: fault for name, samples in pack.clips.items() if (fault := take.clip_fault(samples))}
    if as_json:
        session.write_json({"name": pack.about.name, "missing": pack.missing, "faults": faults})
    else:
        _write_faults(pack, faults)
    if pack.missing or faults:
        raise UserError(
            _("Paket suara ini belum dapat mengucapkan setiap panggilan dengan jelas."),
            _("Yang kurang diucapkan suara bawaan."),
            _("Rekam klip itu: Pengaturan, Layar dan suara, Rekam suara kantor."),
        )


def _write_faults(pack: voice_pack.VoicePack, faults: dict[str, take.TakeFault]) -> None:
    words_of = {clip.name: clip.indonesian for clip in clips.pack_clips()}
    click.echo(
        _("{name}: {n} dari {all} klip").format(name=pack.about.name, n=len(pack.clips), all=len(words_of))
    )
    for name in pack.missing:
        click.echo(_("{name}.wav belum ada: “{words}”").format(name=name, words=words_of[name]))
    for name, fault in faults.items():
        click.echo(f"{name}.wav: {fault.word}")
