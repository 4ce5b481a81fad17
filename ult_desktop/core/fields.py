"""The data dictionary: every field that people fill in or read, by its name, for all commands and rows.

A field's name means the same in all of them, and people read the same words for it in forms, on the command
line, in lists, on paper and in refusals. Where a form or a paper uses other words, they are here too.
"""

from collections.abc import Callable
from typing import NamedTuple

from ult_desktop.base import _
from ult_desktop.base.formats import capitalised
from ult_desktop.core import cells

LINE, TEXT = 500, 20_000
"""The most letters of a single line, such as a name, and of any longer text."""


class DataField(NamedTuple):
    """A field in words (Indonesian, as the catalogues have them), its bound, its check and its retention.

    Args:
        words: its name, as a form's label has it; empty for one that only files have.
        help: what the command line asks for, where the name says too little.
        row: its name within a line of facts, and as a column's head, where that is not `words`.
        most: the most letters that it may have.
        rows: the lines of its box in a form; 0 for one line where `most` is LINE, else three.
        clean: turns the typed text into what is kept; raises `cells.BadCell`.
        kept_with: the field together with which the retention schedule erases it.
    """

    words: str = ""
    help: str = ""
    row: str = ""
    most: int = TEXT
    rows: int = 0
    clean: Callable[[str], str] | None = None
    kept_with: str = ""


FIELDS = {
    "about": DataField("Tentang petugas"),
    "about_id": DataField("Tentang petugas", help="Nama masuk petugas yang diadukan."),
    "absent": DataField(
        "Petugas yang berhalangan",
        help="Nama masuk petugas yang berhalangan.",
        row="yang berhalangan",
        most=LINE,
    ),
    "access": DataField("Cara memperoleh", help="Cara memperoleh informasinya."),
    "acknowledged_at": DataField("Ditangani"),
    "acknowledged_by": DataField("Ditangani oleh"),
    "act": DataField("Tindakan"),
    "active": DataField("Berlaku"),
    "activity": DataField("Kegiatan"),
    "acts": DataField("Yang dilakukan"),
    "added": DataField("Baris baru"),
    "address": DataField("Alamat", help="Alamat pemohon.", kept_with="name", rows=1),
    "adopted_at": DataField("Berlaku sejak"),
    "agency_told": DataField("Pemberitahuan lembaga"),
    "agency_told_at": DataField("Lembaga diberi tahu"),
    "ahead": DataField("Orang di depan"),
    "alert_id": DataField(help="Nomor antrean tamunya, atau nomor panggilan dari daftarnya."),
    "another": DataField(help="Permohonan lain dari pengunjung yang sama."),
    "answer": DataField("Jawaban", help="Isi jawaban."),
    "answered_at": DataField("Dijawab"),
    "answered_by": DataField("Dijawab oleh"),
    "answers": DataField("Jawaban", help="Jawaban sebuah unsur; sekali untuk setiap unsur."),
    "applicant": DataField("Jenis pemohon"),
    "appointment_id": DataField(help="Kode janji temu, atau nomornya."),
    "appointments": DataField("Janji temu"),
    "archive_code": DataField("Kode klasifikasi arsip"),
    "arrived_at": DataField("Dilayani"),
    "asked_by": DataField("Diminta oleh", help="Siapa yang meminta jeda: pengunjung atau petugas."),
    "asked_at": DataField("Ditanyakan", help="Kapan pertanyaannya selesai dicatat."),
    "at": DataField("Waktu", help="Tanggal dan jam, misalnya “2026-11-24 10:00”."),
    "at_desk": DataField("Di meja"),
    "attempt_at": DataField("Sedang ditelepon"),
    "attempts": DataField("Telepon balik"),
    "badge": DataField("Tag tamu"),
    "badges": DataField("Tag tamu"),
    "began_at": DataField("Mulai"),
    "belated": DataField("Dicatat belakangan"),
    "beside": DataField("Permohonan lain dari kunjungan"),
    "branch": DataField("Cabang", most=LINE),
    "breach_id": DataField(help="Nomor insiden."),
    "budget": DataField("Anggaran"),
    "by": DataField("Diarahkan oleh"),
    "call_id": DataField(help="Nomor permohonan penelepon, atau nomor urut panggilan dalam daftarnya."),
    "called_at": DataField("Dipanggil"),
    "calls": DataField("Panggilan"),
    "can_solve": DataField(help="true: dapat diselesaikan di sini; false: perlu unit lain."),
    "cards": DataField("Kartu identitas"),
    "case": DataField("Permohonan"),
    "case_id": DataField(
        "Permohonan", help="Nomor permohonan (0012/ULT/2026), atau nomor permintaan daring (D-0012/2026)."
    ),
    "case_number": DataField("Permohonan"),
    "case_state": DataField("Keadaan permohonan"),
    "cause": DataField("Penyebab"),
    "changes": DataField("Yang berubah", help="Berkas yang ditulis `setup share`: apa yang diubahnya."),
    "channel": DataField("Saluran"),
    "checks": DataField("Pemeriksaan identitas"),
    "closed_at": DataField("Ditutup"),
    "code": DataField("Kode", help="Kode pada karcis janji temu.", most=LINE),
    "companions": DataField(
        "Tamu lain pada nomor ini",
        help="Nama tamu lain, dipisah titik koma.",
        row="tamu lain",
        kept_with="name",
        rows=1,
    ),
    "complaint_class": DataField(
        "Jenis pengaduan", help="Kunci jenis pengaduan dari daftar kantor.", most=LINE
    ),
    "condition": DataField("Kondisi", help="Keadaan alat."),
    "confirmed_at": DataField("Dikonfirmasi"),
    "confirmed_by": DataField("Dikonfirmasi oleh"),
    "contact": DataField(
        "Telepon atau surel",
        help="Telepon, surel, atau alamat untuk dihubungi.",
        row="kontak",
        most=LINE,
        kept_with="name",
    ),
    "content": DataField("Isi", most=256_000),
    "copy_by": DataField("Cara salinan", help="Cara salinan diterima."),
    "copy_form": DataField("Bentuk informasi"),
    "correction": DataField("Perbaikan"),
    "cost": DataField("Biaya", help="Biaya salinan."),
    "counter": DataField("Loket", help="Nomor loket."),
    "courtesies": DataField("Sambutan"),
    "current": DataField("Sedang dilayani"),
    "data": DataField("Data yang terkena", help="Data pribadi apa yang terkena."),
    "date": DataField(
        "Tanggal surat",
        help="Tanggal surat, misalnya 2026-11-20.",
        row="tanggal",
        most=LINE,
        clean=cells.clean_day,
    ),
    "day": DataField("Tanggal", help="Tanggal, misalnya 2026-11-24.", most=LINE),
    "days": DataField("Hari kerja", help="Jumlah hari kerja."),
    "decided_at": DataField("Diputuskan"),
    "decision": DataField("Keputusan", help="Keputusan PPID."),
    "declared_at": DataField("Disampaikan"),
    "declined": DataField("Tanpa pendamping"),
    "delegate": DataField(
        "Petugas pengganti", help="Nama masuk petugas penggantinya.", row="pengganti", most=LINE
    ),
    "delegation_id": DataField(help="Nomor penugasan."),
    "deliveries": DataField("Penyampaian jawaban"),
    "delivery": DataField(help="Nomor permohonan (penyampaian terakhir), atau nomor penyampaian."),
    "desk": DataField("Meja"),
    "detail": DataField("Uraian", help="Isi permohonan dengan kata-kata.", row="isi"),
    "deviation_id": DataField(help="Nomor penyimpangan dari daftarnya."),
    "device_id": DataField(help="Nama alat, atau nomornya."),
    "dispute": DataField("Sengketa"),
    "dispute_until": DataField("Sengketa sampai"),
    "disputed_at": DataField("Sengketa dicatat"),
    "disputes": DataField("Sengketa"),
    "document_id": DataField("Nomor berkas", help="Nomor berkas yang sudah dilampirkan."),
    "documents": DataField("Berkas", help="Nomor berkas yang disertakan; boleh berulang."),
    "due": DataField("Batas", help="Hari terakhirnya, misalnya 2027-03-31."),
    "due_at": DataField("Batas"),
    "due_days": DataField(help="Tenggat dalam hari kerja; tanpa ini menurut prosedur."),
    "element": DataField("Unsur", help="Kunci unsurnya, misalnya sarana."),
    "email": DataField("Surel", help="Alamat surel.", most=LINE, clean=cells.clean_email),
    "ended_at": DataField("Selesai"),
    "ended_by": DataField("Diakhiri oleh"),
    "ending": DataField("Akhir", help="Bagaimana kunjungan berakhir."),
    "escalation_id": DataField(help="Nomor permohonan yang diteruskan, atau nomor eskalasi."),
    "escalations": DataField("Eskalasi"),
    "entry_id": DataField(help="Id catatan dalam buku laporan."),
    "escort_id": DataField(help="Nomor antrean tamunya, atau nomor pendampingan."),
    "evaluated": DataField("Sudah dinilai"),
    "evidence": DataField("Bukti"),
    "evidence_id": DataField(help="Nomor catatan bukti dari daftarnya."),
    "explained_at": DataField("Dijelaskan"),
    "explained_by": DataField("Dijelaskan oleh"),
    "extended_at": DataField("Diperpanjang"),
    "extension_reason": DataField("Alasan perpanjangan"),
    "external_id": DataField("Nomor sumber", most=LINE),
    "facilities": DataField("Sarana dan prasarana"),
    "faq_id": DataField(help="Nomor dalam bank jawaban."),
    "field": DataField("Isian", help="Isian buku tamu."),
    "file": DataField("Berkas", help="Berkasnya.", most=LINE),
    "filed_at": DataField("Diajukan"),
    "finished": DataField("Buku tamu selesai diisi"),
    "finished_at": DataField("Selesai dilayani"),
    "first_day": DataField("Hari pertama"),
    "folder": DataField("Folder", help="Foldernya."),
    "follows": DataField("Lanjutan kunjungan"),
    "for_other": DataField("Atas nama orang lain"),
    "form": DataField("Bentuk"),
    "forwarded": DataField("Diteruskan"),
    "found_at": DataField("Jawaban diketahui", help="Kapan jawabannya diketahui."),
    "free": DataField("Tempat kosong"),
    "from_desk": DataField("Dari meja"),
    "from_officer": DataField("Dari"),
    "from_place": DataField("Dari", help="Dari mana.", row="dari tempat", most=LINE),
    "given_at": DataField("Diberikan"),
    "given_by": DataField("Diberikan oleh"),
    "ground": DataField(
        "Alasan penolakan", help="Kunci dasar pengecualian dari daftar kantor.", row="dasar pengecualian"
    ),
    "grounds": DataField("Kelompok", help="Kelompok rentan."),
    "guest": DataField("Tamu"),
    "handling": DataField("Penanganan", help="Yang sudah dilakukan."),
    "happened": DataField("Kejadian", help="Kapan dan bagaimana terjadi.", row="kapan dan bagaimana"),
    "held": DataField("Penguasaan", help="Dikuasai kantor ini?"),
    "held_by": DataField("Dikuasai oleh", help="Badan publik yang menguasainya."),
    "help": DataField("Bantuan", help="Bantuan yang diminta; boleh berulang."),
    "high": DataField("Menunggu paling lama (menit)"),
    "how": DataField("Cara", help="Caranya."),
    "id": DataField("Nomor"),
    "identity": DataField("Stasiun"),
    "import_id": DataField(help="Nomor impor dari daftarnya."),
    "improvement_id": DataField(help="Nomor rencana dari daftarnya."),
    "information": DataField("Informasi publik"),
    "institution": DataField("Instansi", most=LINE),
    "instruction": DataField("Petunjuk", help="Pesan kepada penerimanya.", row="instruksi"),
    "instrument": DataField("Instrumen", help="Nama instrumen, misalnya pekppp.", most=LINE),
    "is_open": DataField("Masih terbuka"),
    "instead": DataField(help="Nama yang tercatat salah; ganti."),
    "issued_at": DataField("Diambil"),
    "issuer": DataField("Penerbit", help="Penerbit surat.", most=LINE),
    "item": DataField("Yang dimaksud", most=LINE),
    "items": DataField("Butir", help="Nama perlengkapan seperti dalam prosedurnya.", row="perlengkapan"),
    "key": DataField("Kode", help="Kuncinya dalam daftar kantor.", row="kunci", most=LINE),
    "kinds": DataField("Rincian", help="Kunci dari daftar registernya; boleh berulang.", most=LINE),
    "kind": DataField("Jenis", help="Jenisnya.", most=LINE),
    "known": DataField("Sudah ada"),
    "known_as": DataField("Dikenal dari kunjungan lalu"),
    "known_by": DataField("Diketahui dari"),
    "known_at": DataField(
        "Diketahui", help="Kapan diketahui, misalnya “2026-11-23 09:00”; tanpa ini sekarang."
    ),
    "label": DataField("Nomor", help="Nama alat, misalnya “Kursi roda 2”.", most=LINE),
    "last_day": DataField("Hari terakhir"),
    "last_result": DataField("Hasil telepon balik"),
    "late": DataField("Terlambat"),
    "law": DataField("Dasar hukum", help="Dasar hukumnya."),
    "leg": DataField("Bagian", help="Bagian jalan yang didampingi."),
    "lent_at": DataField("Diserahkan"),
    "lent_by": DataField("Diserahkan kepada"),
    "lesson": DataField("Pelajaran", help="Perbaikan supaya tidak terulang.", row="perbaikan sesudahnya"),
    "letter_date": DataField(
        "Tanggal surat", help="Tanggal surat tugas, misalnya 2026-11-20.", most=LINE, clean=cells.clean_day
    ),
    "letter_number": DataField("Nomor surat", help="Nomor surat tugas.", most=LINE),
    "letters": DataField("Surat"),
    "level": DataField("Perkiraan sendiri", help="Tingkat 0 sampai 5; tanpa ini menurut catatan program."),
    "list": DataField("Asal daftar"),
    "loan_id": DataField(help="Nomor antrean tamunya, atau nomor peminjaman."),
    "login": DataField("Nama masuk", help="Nama masuk petugas.", most=LINE),
    "lost": DataField("Hilang"),
    "low": DataField("Menunggu paling cepat (menit)"),
    "made_at": DataField("Dicatat"),
    "mark": DataField("Tanda"),
    "matches": DataField("Cocok"),
    "media_type": DataField("Jenis berkas", most=LINE),
    "meets": DataField("Petugas atau unit yang dituju", row="bertemu", kept_with="name", rows=1),
    "meets_absent": DataField("Petugas itu tidak ada"),
    "missing": DataField("Kekurangan", help="Syarat yang kurang; boleh berulang.", row="syarat yang kurang"),
    "must_change": DataField("Kata sandi wajib diganti"),
    "name": DataField("Nama", help="Namanya.", most=LINE),
    "nip": DataField(most=LINE),
    "note": DataField("Catatan"),
    "notes": DataField("Catatan"),
    "notice": DataField("Versi pemberitahuan privasi"),
    "noticed_at": DataField("Diberitahukan"),
    "nth": DataField("Jadwal ke"),
    "number": DataField("Nomor", help="Nomornya.", most=LINE),
    "number_tail": DataField("Akhir nomor kartu", row="akhir nomor", most=LINE),
    "objection_id": DataField(help="Nomor keberatan."),
    "objections": DataField("Keberatan"),
    "obstacles": DataField("Kendala"),
    "occupation": DataField(
        "Pekerjaan/jabatan", help="Pekerjaan.", row="pekerjaan", most=LINE, kept_with="name"
    ),
    "officer": DataField("Petugas"),
    "officer_id": DataField(help="Nama masuk petugas."),
    "opened_at": DataField("Dibuka"),
    "ordered_by": DataField("Ditugaskan oleh", row="diperintahkan oleh", most=LINE),
    "origin": DataField("Asal"),
    "original": DataField("Lanjutan dari"),
    "original_id": DataField("Lanjutan dari", help="Nomor permohonan yang sudah ditutup."),
    "outcome": DataField("Hasil", help="Hasilnya."),
    "overdue": DataField("Lewat waktu"),
    "owner": DataField("Pemegang"),
    "paper": DataField("Karcis"),
    "pause_reason": DataField("Alasan jeda"),
    "period": DataField("Periode", help="Bulan (2026-11), triwulan (2026-T4), atau tahun (2026)."),
    "persons": DataField("Jumlah orang"),
    "phone": DataField("Nomor telepon", row="telepon", most=LINE, clean=cells.clean_phone),
    "place": DataField("Tempat", most=LINE),
    "planned": DataField("Baris yang akan masuk"),
    "policy": DataField("Kebijakan"),
    "position": DataField("Sikap atas keberatan", help="Kasus posisi.", row="kasus posisi"),
    "prefix": DataField(most=LINE),
    "principal": DataField("Yang diwakili", help="Siapa yang diwakili.", row="atas nama", most=LINE),
    "priority": DataField("Prioritas"),
    "procedure": DataField("Prosedur", help="Nama prosedur, atau berkas .toml."),
    "procedure_id": DataField("Prosedur", help="Nama prosedur.", most=LINE),
    "programme": DataField("Program", help="Yang akan dilakukan."),
    "progress": DataField(help="Sudah sampai mana."),
    "promised_at": DataField("Dijanjikan"),
    "proof": DataField("Bukti", help="Bukti penyampaian, misalnya nomor resi."),
    "proxy": DataField("Kuasa", help="Nama kuasanya."),
    "purpose": DataField("Keperluan", help="Keperluan atau tujuan.", rows=1),
    "question": DataField("Pertanyaan", help="Isi pertanyaan."),
    "queued_at": DataField("Mengantre sejak"),
    "ready_in": DataField("Siap dalam", help="Kapan informasinya siap."),
    "reason": DataField("Alasan"),
    "receipt": DataField("Tanda terima", help="Buat tanda terima."),
    "received": DataField("Masuk", help="Pengaduan yang masuk."),
    "received_at": DataField(
        "Diterima", help="Kapan diterima, misalnya “2026-11-23 09:00”; tanpa ini sekarang."
    ),
    "received_by": DataField("Diterima oleh"),
    "recipient": DataField("Penerima", help="Siapa yang menerima.", most=LINE),
    "recommendations": DataField("Rekomendasi"),
    "recorded_at": DataField("Dicatat"),
    "recorded_by": DataField("Dicatat oleh"),
    "recovery": DataField("Pemulihan", help="Pemulihan yang dilakukan."),
    "redaction": DataField(
        "Bagian yang dihitamkan", help="Bagian yang dihitamkan dan alasannya.", row="penghitaman"
    ),
    "refusal": DataField("Dasar penolakan"),
    "regency": DataField("Kabupaten/kota", help="Kabupaten atau kota.", most=LINE),
    "register": DataField("Register", help="Nama registernya."),
    "registered_at": DataField("Didaftarkan"),
    "relation": DataField("Hubungan", help="Hubungan dengan yang diwakili.", most=LINE),
    "released": DataField("Alasan tidak kembali"),
    "remark": DataField("Catatan"),
    "remember": DataField(
        "Simpan data saya agar kunjungan berikutnya lebih cepat",
        help="Tamu setuju datanya dikenali lagi.",
        row="setuju diingat",
        kept_with="name",
    ),
    "renewal_due": DataField("Perlu diganti"),
    "representation": DataField("Mewakili"),
    "request": DataField("Permintaan", help="Nomor permintaan."),
    "request_id": DataField(help="Nomor permintaan, pendaftaran, atau permohonannya."),
    "requirement_checks": DataField("Kelengkapan syarat"),
    "responsible": DataField("Penanggung jawab", help="Penanggung jawabnya."),
    "result": DataField("Hasil", help="Hasil telepon balik."),
    "resumed": DataField("Didahulukan"),
    "retired": DataField("Ditarik"),
    "retired_at": DataField("Dihentikan"),
    "returned_at": DataField("Kembali"),
    "returned_to": DataField("Diterima kembali oleh"),
    "reviewed_at": DataField("Ditinjau"),
    "reviewed_by": DataField("Ditinjau oleh"),
    "role": DataField(help="Peran petugas."),
    "roles": DataField("Peran", help="Peran petugas; boleh berulang.", most=LINE),
    "sender": DataField("Pengirim"),
    "sender_counter": DataField("Dari loket"),
    "sent_at": DataField("Dikirim"),
    "sent_on": DataField("Dikirim pada"),
    "series": DataField(most=LINE),
    "served_at": DataField("Mulai dilayani"),
    "service": DataField("Layanan", help="Awalan atau nama layanan.", most=LINE),
    "service_id": DataField(help="Awalan atau nama layanan."),
    "settled": DataField("Selesai", help="Yang sudah selesai di antaranya."),
    "settled_at": DataField("Diselesaikan"),
    "settled_by": DataField("Diselesaikan oleh"),
    "settlement": DataField("Tindak lanjut", help="Apa yang dilakukan, dan dengan siapa."),
    "sha256": DataField("Isi berkas", most=LINE),
    "since": DataField("Sejak"),
    "shown": DataField("Nomor di tangan", help="Nomor atau kode pada karcis di tangan.", most=LINE),
    "sits": DataField("Di kursi prioritas"),
    "size": DataField("Ukuran (bita)"),
    "sort": DataField("Jenis", help="Jenis catatan."),
    "source": DataField("Sumber", help="Berkas atau folder cadangan."),
    "spd": DataField("SPD"),
    "staff": DataField("Sumber daya manusia", row="petugas PPID"),
    "stamped": DataField("Bermeterai"),
    "standard": DataField("Mutu baku"),
    "state": DataField("Keadaan", help="Hanya yang keadaannya ini."),
    "station": DataField("Stasiun"),
    "step": DataField("Langkah", help="Nomor langkah dalam prosedurnya."),
    "sub_reason": DataField("Sebab tidak tersedia", help="Mengapa tidak tersedia.", most=LINE),
    "subject": DataField("Perihal", help="Perihal surat."),
    "subjects_told": DataField("Pemberitahuan subjek"),
    "subjects_told_at": DataField("Subjek diberi tahu"),
    "suggestion": DataField("Saran"),
    "supporting": DataField("Data pendukung", rows=1),
    "survey": DataField("Survei", help="Pemohon diarahkan mengisi survei."),
    "tags": DataField("Kata kunci", help="Kata kunci untuk pencarian.", row="tanda"),
    "taken_by": DataField("Diangkat oleh"),
    "target_counter": DataField("Ke loket"),
    "target_officer": DataField("Ke petugas"),
    "text": DataField("Teks", help="Teks yang dicari atau dicatat."),
    "ticket": DataField("Nomor antrean"),
    "ticket_id": DataField(help="Nomor antrean hari ini (A012), atau kode pada karcisnya."),
    "timeline": DataField("Riwayat"),
    "title": DataField("Judul"),
    "to": DataField(help="Meja yang dituju."),
    "to_counter": DataField(help="Nomor loket yang dituju."),
    "to_desk": DataField("Ke meja"),
    "to_officer": DataField("Kepada"),
    "to_officer_id": DataField(help="Nama masuk petugas yang dituju."),
    "to_place": DataField("Ke", help="Ke mana.", row="ke tempat", most=LINE),
    "told": DataField("Yang disampaikan", help="Bagaimana jawabannya disampaikan.", row="cara penyampaian"),
    "told_at": DataField("Disampaikan"),
    "topic": DataField("Topik", most=LINE),
    "traveller": DataField(
        "Pelaksana perjalanan", help="Nama pelaksana perjalanan dinas.", row="pelaksana", most=LINE
    ),
    "trouble": DataField("Kendala"),
    "typed_at": DataField("Dicatat belakangan"),
    "typed_by": DataField("Dicatat oleh"),
    "undone_at": DataField("Diurungkan"),
    "unfounded": DataField(help="Ternyata bukan kegagalan pelindungan data."),
    "unit": DataField("Unit", help="Nama unit terkait."),
    "unread": DataField("Belum diterima"),
    "until": DataField("Sampai", help="Hari terakhirnya, misalnya 2027-03-31."),
    "updated_at": DataField("Diubah"),
    "used": DataField("Dipakai"),
    "usual_counter": DataField("Loket yang biasa"),
    "value": DataField("Isi yang benar"),
    "verdict": DataField("Telaah", help="Putusan atas penjelasannya."),
    "verified_at": DataField("Identitas dipastikan"),
    "verified_by": DataField("Dipastikan oleh"),
    "verified_how": DataField("Cara memastikan"),
    "version": DataField("Versi", help="Nomor versi, misalnya 1.2.0."),
    "visit": DataField(
        "Kunjungan", help="Nomor antrean hari ini (A012), nomor permohonan, atau nomor kunjungan."
    ),
    "visit_id": DataField(
        "Kunjungan", help="Nomor antrean hari ini (A012), nomor permohonan, atau nomor kunjungan."
    ),
    "visitor": DataField("Pengunjung", help="Di mana pengunjungnya."),
    "visits": DataField("Kunjungan", help="Nomor antrean atau nomor kunjungan; boleh beberapa."),
    "vulnerable": DataField("Kelompok rentan"),
    "wait": DataField("Perkiraan menunggu"),
    "wanted": DataField("Informasi yang diminta"),
    "wants_paper": DataField(help="Cetak karcis."),
    "way": DataField("Cara", help="Cara penyampaian."),
    "what": DataField("Apa yang terjadi", row="kejadian"),
    "whom": DataField(help="Kepada siapa."),
    "with_other_desk": DataField("Di meja lain"),
    "withdrawn": DataField(help="Ditarik oleh pemohon."),
    "withdrawn_at": DataField("Ditarik"),
    "withdrawn_by": DataField("Ditarik oleh"),
    "words": DataField("Isi permintaan", help="Yang diminta, dengan kata-kata pemohon.", row="yang diminta"),
    "works": DataField("Berfungsi"),
    "year": DataField("Tahun", help="Tahun, misalnya 2026."),
}
_OTHERWISE_NAMED = {
    "GuestBookLine.began_at": DataField("Datang"),
    "ApplicantFields.contact": DataField("Nomor kontak"),
    "GuestBookLine.ended_at": DataField("Pulang"),
    "CardLoan.held": DataField("Ditahan"),
    "GuestBookLine.label": DataField("Nomor antrean"),
    "SignGuestBook.name": DataField("Nama lengkap"),
    "SignGuestBook.remember": DataField("Tamu setuju datanya disimpan untuk kunjungan berikutnya"),
    "EnterPaperVisit.name": DataField("Nama lengkap"),
    "GuestBookLine.visit_id": DataField("Nomor kunjungan"),
    "ProcedureRow.id": DataField("Prosedur"),
}
"""Other words for a field in one record, by "record.field"; all else of the field is as in FIELDS."""
_UNKNOWN = DataField()


def field_of(name: str) -> DataField:
    """Return the field of that name."""
    return FIELDS.get(name, _UNKNOWN)


def field_words(name: str, record: str = "") -> str:
    """Return the name that people use for a field; a field that only files have keeps its name there.

    `record` is the type that has the field, where that is known.
    """
    return _(_OTHERWISE_NAMED.get(f"{record}.{name}", field_of(name)).words) or name


def row_words(name: str, record: str = "") -> str:
    """Return the name of a field within a line of facts ("nomor surat"); "SPD" keeps its capitals."""
    field = _OTHERWISE_NAMED.get(f"{record}.{name}", field_of(name))
    words = _(field.row or field.words) or name
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def head_words(name: str, record: str = "") -> str:
    """Return the name of a field as a column's head, or before a fact."""
    return capitalised(row_words(name, record))


def help_words(name: str) -> str:
    """Return what the command line says of a field, a sentence; "" for one without words."""
    field = field_of(name)
    return _(field.help) or (f"{_(field.words)}." if field.words else "")
