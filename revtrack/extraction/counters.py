"""Lines that tick: counters, relative times, the labels of buttons, in many languages. Knows single lines, not pages.

Where every word of a short line is one of these, or it holds no word at all, it tells how old or how liked a page is,
and nothing of what the article says.
"""

import re
from functools import lru_cache

from revtrack.extraction.vocabulary import words_in

_MARKS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
_WORDS = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+")
_TICKER = re.compile(r"[▲▼△▽⬆⬇]\s?[+-]?\d|\d\s?[▲▼△▽⬆⬇]")
_PLAYER = re.compile(r"(?<![\d:])\d{1,2}:\d\d\s?/\s?\d{1,3}:\d\d(?![\d:])")  # how far it has played, of how much
_RULE = re.compile(r"[\s_*=~#•·.–—-]+")  # the mark between two sections
_WHO = "readers|people|viewers|users|leser|lectores|personas|lecteurs|lettori|persone|leitores|lezers|läsare|læsere"
_DATE = re.compile(  # "1974 readers" counts
    rf"(?<!\d)(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|(?:19|20)\d\d(?!\s(?:{_WHO})\b))(?!\d)", re.IGNORECASE
)
_NUMERAL = re.compile(r"[12]\d{3}|\d{1,3}[.)]")  # a year or the number of an item, which a heading may be
_ENTRY = re.compile(  # what a chronicle puts above its parts: a counter has its number first
    r"(?:day|week|hour|tag|woche|stunde|jour|heure|día|hora|giorno|ora|dia|dag|uur|uke|vecka|dzień|gün|день)\s\d{1,3}",
    re.IGNORECASE,
)
_LABELS = words_in(
    """
    comment comments share shares sharing like likes view views vote votes reply replies tweet tweets read reads
    min mins minute minutes minuten ago hour hours day days second seconds kommentar kommentare kommentarer
    commentaires comentarios comentários commenti advertisement advert adverts advertising ad
    ads
    anzeige werbung annonce annons reklame publicidad publicité pubblicità publicidade reklama реклама 広告 إعلان
    إعلانات
    विज्ञापन 广告 廣告 광고 ilan iklan ai chat listen save print
    email copy link close caption scroll continue post facebook twitter whatsapp linkedin telegram pinterest reddit
    x
    article continues below this story reading to updated published posted last
    """,
)
_ADVERTS = words_in(
    """
    ad ads advertisement advertisements advert adverts advertising anzeige anzeigen werbung annonce annonser annons
    reklame publicidad publicité pubblicità publicidade anuncio anuncios anúncio anúncios inserzione advertentie mainos
    reklama reklamy reklam hirdetés publicitate реклама реклами διαφήμιση iklan quảng إعلان إعلانات विज्ञापन 광고
    publicității
    """,
)
_GOES_ON = re.compile(
    r"\b(?:continu\w+|goes\son|below|weiter|fortsetzung|suite|sigue|continúa|fortsät\w+|fortset\w+|verder|devam|продолж\w+|dals\w+)\b",
    re.IGNORECASE,
)
_TEXT_GOES_ON = re.compile(
    r"(?:(?:the|this|der|dieser|het|dit)\s)?(?:text|story|article|artikel|beitrag|verhaal|artikeln|texten|saken)"
    r"\s(?:continues|goes\son|geht\b.{1,30}\bweiter|gaat\b.{1,30}\bverder|fortsätter|fortsetter|fortsættes)\b"
    r"|.{0,30}(?:広告の(?:後|あと|下).{0,4}続|reklamdan\ssonra\sdevam|продолж\w+\sпосле\sреклам|dals\w+\s.{0,20}\sreklam)",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"((?:[^\W\d_]|[{_MARKS}])+)[.。।]")  # a sentence of one word
# What stands beside a number that ticks: how old a page is, how many read, share, write.
_UNITS = _LABELS | words_in(
    """
    just now mo k m h hr hrs sec secs wk week weeks month months since at are is people person reader readers
    online
    watching live viewers subscribers followers members times votes responses reaction reactions
    reacties views so far total of in on
    vor sind std stunde stunden tag tagen woche wochen aktualisiert zuletzt geteilt mal leser gerade hier teilen
    lesezeit aufrufe
    hace hora horas minuto minutos día días actualizado hoy compartir compartidos compartido lectores leyendo
    personas ahora
    il y a heure heures jour jours mis mise à jour lecture lecteurs en ce moment partages partage vues avis
    réactions
    fa ore ora minuti giorni giorno aggiornato lettura condivisioni persone stanno leggendo visualizzazioni
    há atrás atualizado dias leitura compartilhamentos leitores lendo agora
    geleden uur uren minuut dagen dag bijgewerkt gedeeld leestijd lezers
    sedan timmar timme minuter uppdaterad siden timer time minutter oppdatert opdateret dager dage delinger
    delningar
    temu godzin godziny godzinę minut minuty dni dzień aktualizacja udostępnień komentarzy komentarze wyświetleń
    před hodinami hodin dny komentářů sdílení önce saat dakika gün güncellendi yorum paylaşım okunma
    назад час часа часов мин минут минуты минуту дня дней обновлено комментариев комментария комментарий просмотров
    тому годин години хвилин оновлено коментарів переглядів
    jam menit hari lalu yang diperbarui komentar dibagikan dibaca
    時間前 分前 日前 秒前 分前に更新 時間前に更新 更新 コメント 件 件のコメント シェア 人が閲覧中 現在 最終更新
    いいね 閲覧
    stimmen abgestimmt votos voti stemmen stemmer röster głosów głosy oy голосов голоса голос 票 표
    小时前 分钟前 天前 条评论 评论 阅读 分享 小時前 分鐘前 則評論 시간 전 분 일 댓글 개 공유 조회
    منذ قبل ساعة ساعات ساعتين دقيقة دقائق يوم أيام آخر تحديث تعليق تعليقات مشاركة مشاركات شخص يقرأون الآن قراءة
    पहले घंटे घंटा मिनट दिन अपडेट किया गया टिप्पणियाँ टिप्पणी शेयर लोग पढ़ रहे हैं अभी
    """,
)

_LONGEST = 60  # characters
_MOST_WORDS = 7


def is_counter(text: str) -> bool:
    """Whether a line is a counter, a relative time or a button's label.

    >>> [is_counter(line) for line in ("Comments( 0 )", "vor 3 Stunden", "3/12", "AI Chat", "He was 12.")]
    [True, True, True, True, False]
    """
    if len(text) > _LONGEST:
        return len(text) < 3 * _LONGEST and (_TICKER.search(text) or _PLAYER.search(text)) is not None
    return _is_short_counter(text)


@lru_cache(maxsize=4096)
def _is_short_counter(text: str) -> bool:
    """Judge a line; several rules ask of each, and a site's pages share most of them."""
    words = [word.lower() for word in _WORDS.findall(text)]
    if not words:
        return _NUMERAL.fullmatch(text) is None and _RULE.fullmatch(text) is None and " | " not in text
    if _ENTRY.fullmatch(text):
        return False
    known = _UNITS if any(sign.isdigit() for sign in text) and not _DATE.search(text) else _LABELS
    if _TICKER.search(text) or _PLAYER.search(text):
        return True
    return len(words) <= _MOST_WORDS and all(word in known for word in words)


def names_an_advert(text: str) -> bool:
    """Whether a short line that is no sentence speaks of advertising: "Continues after the advertisement"."""
    if len(text) > _LONGEST or text[-1] in ".!?:":
        return False
    return not _ADVERTS.isdisjoint(_WORDS.findall(text.lower()))


def labels_an_advert(text: str) -> bool:
    """Whether a short line says that an advert begins or ends: "Advertisement. Scroll to read on"."""
    if len(text) > _LONGEST:
        return False
    label = _LABELLED.match(text)
    return names_an_advert(text) or (label is not None and label[1].lower() in _ADVERTS)


def goes_on_behind_an_advert(text: str) -> bool:
    """Whether a short line that is no sentence says that the text goes on below, or behind an advert."""
    if _TEXT_GOES_ON.match(text) and len(text) <= _LONGEST and text[-1] not in ".!?:":
        return True
    return names_an_advert(text) and _GOES_ON.search(text) is not None


def tells_its_age(text: str) -> bool:
    """Whether a line of several parts has a counter among them: "Ana Kroll · 3 hours ago", "Read to you · 9 Min."."""
    if len(text) > 2 * _LONGEST or ("·" not in text and "•" not in text):
        return False
    parts = [part for part in re.split("[·•]", text)[1:] if part.strip()]
    return any(is_counter(part) for part in (parts[-1:] if text[-1] in ".!?" else parts))
