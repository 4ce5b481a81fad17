"""The figures and tables of the office's own rows by which instruments are answered.

An instrument (a file in `resources/instruments`) is the list of indicators by which an authority assesses an
office, such as PEKPPP. An indicator derives its estimated level from figures and is proved by tables.
"""

from ult_desktop.base import WordEnum


class EvidenceFigure(WordEnum):
    """A number that an indicator may be derived from; its word says what it counts and when.

    One with "(%)" is a percentage. `CONTINUOUS_HOURS`, `COMPLAINTS_ALL_DONE`, `SP4N_TOLD` and `PPID_SENT` are
    1 for yes, 0 for no. All others are counts: `MEASURED` counts visits.
    """

    SERVICES = "services", "Layanan yang dibuka"
    STANDARDS_BEGUN = "standards_begun", "Layanan yang standarnya mulai ditulis (%)"
    STANDARDS_WHOLE = "standards_whole", "Layanan yang 14 komponennya lengkap (%)"
    REVIEWED_YEAR = "reviewed_year", "Layanan yang standarnya ditinjau setahun terakhir (%)"
    REVIEWED_TWO_YEARS = "reviewed_two_years", "Layanan yang standarnya ditinjau dua tahun terakhir (%)"
    REVIEWED_EVER = "reviewed_ever", "Layanan yang standarnya pernah ditinjau (%)"
    MEASURED = "measured", "Waktu layanan diukur terhadap standar, setahun terakhir"
    DEVIATIONS_REVIEWED = "deviations_reviewed", "Penyimpangan setahun terakhir yang sudah ditinjau (%)"
    GUESTS = "guests", "Buku tamu terisi, setahun terakhir"
    NUMBERS = "numbers", "Nomor antrean dipakai, setahun terakhir"
    APPOINTMENTS = "appointments", "Janji temu dipakai, setahun terakhir"
    FAQS = "faqs", "Jawaban dalam bank jawaban"
    DEVICES = "devices", "Alat bantu yang dapat dipakai"
    PRIORITY_COUNTERS = "priority_counters", "Loket prioritas"
    PRIORITY_SEATS = "priority_seats", "Kursi prioritas"
    ESCORTS = "escorts", "Pendampingan tercatat, setahun terakhir"
    CONTINUOUS_HOURS = "continuous_hours", "Jam pelayanan tanpa jeda"
    RESPONDENTS = "respondents", "Responden SKM, setahun terakhir"
    SURVEY_ELEMENTS = "survey_elements", "Unsur SKM yang dijawab, setahun terakhir"
    # Percentages of plans are shares of these plans.
    PLANS = "plans", "Rencana tindak lanjut SKM, dua tahun terakhir"
    PLANS_DONE = "plans_done", "Rencana tindak lanjut SKM yang selesai (%)"
    PLANS_IN_12_MONTHS = "plans_in_12_months", "Rencana yang selesai dalam 12 bulan (%)"
    PLANS_IN_9_MONTHS = "plans_in_9_months", "Rencana yang selesai dalam 9 bulan (%)"
    PLANS_IN_6_MONTHS = "plans_in_6_months", "Rencana yang selesai dalam 6 bulan (%)"
    PLANS_IN_3_MONTHS = "plans_in_3_months", "Rencana yang selesai dalam 3 bulan (%)"
    PLANS_IN_1_MONTH = "plans_in_1_month", "Rencana yang selesai dalam 1 bulan (%)"
    COMPLAINTS = "complaints", "Pengaduan tahun lalu, Januari–Desember"
    COMPLAINTS_DONE = "complaints_done", "Pengaduan tahun lalu yang selesai (%)"
    COMPLAINTS_ALL_DONE = "complaints_all_done", "Semua pengaduan tahun lalu selesai"
    SP4N_DONE = "sp4n_done", "Pengaduan SP4N-LAPOR! tahun lalu yang selesai (%)"
    SP4N_TOLD = "sp4n_told", "Angka SP4N-LAPOR! tahun lalu tercatat"
    POSTS_YEAR = "posts_year", "Hari dengan kabar layanan, setahun terakhir"
    POSTS_HALF_YEAR = "posts_half_year", "Hari dengan kabar layanan, setengah tahun terakhir"
    POSTS_MONTH = "posts_month", "Hari dengan kabar layanan, sebulan terakhir"
    POSTS_WEEK = "posts_week", "Hari dengan kabar layanan, sepekan terakhir"
    PPID_SENT = "ppid_sent", "Laporan tahunan PPID tahun lalu terkirim"


class EvidenceTable(WordEnum):
    """A table of the office's rows that proves an indicator.

    Proof that officers enter by hand is in the registers of `core.evidence.registers`.
    """

    STANDARDS = "standards", "Komponen standar setiap layanan"
    MEASURED = "measured", "Standar waktu dan penyimpangannya"
    DEVIATIONS = "deviations", "Penyimpangan mutu baku"
    VISITS = "visits", "Kunjungan menurut bulan"
    CARE = "care", "Kelompok rentan yang dilayani"
    HOURS = "hours", "Jam pelayanan"
    SURVEY = "survey", "Hasil SKM menurut unsur"
    IMPROVEMENTS = "improvements", "Rencana tindak lanjut SKM"
    COMPLAINTS = "complaints", "Pengaduan"
    PPID = "ppid", "Layanan informasi publik"
