# Слова, которые видит читатель. Обращение на «вы», коротко и по делу.

help =
    Я Исток. Отвечаю на вопросы по страницам, которые только что прочёл, и даю ссылку на место, где об этом сказано.
    Спрашивайте по-русски или по-английски, например:
    • Почему небо голубое?
    • Who discovered penicillin?
    Можно прислать и ссылку: «О чём https://…?»
    Пришлите файл — PDF, TXT, MD, HTML, JSON, таблицу или код — и спрашивайте по нему.
    Перешлите мне любое сообщение со словом «правда?», и я проверю, что в нём сказано.
    Если ответа не найду, так и скажу.
command-help = что я умею
greeting = Здравствуйте!

button-more = Шире
more-given = Подробный ответ уже есть ниже.

button-again = Ещё раз
button-cancel = Отменить
button-stop = Стоп
button-open-page = Открыть страницу
button-answer-now = Ответить сейчас
button-expired = Эта кнопка устарела: задайте вопрос ещё раз.
again-in-progress = Уже ищу ответ заново.
waiting-its-turn = Сначала закончу с предыдущим вопросом, потом отвечу на этот.
cancelled = Вопрос отменён.
stopped-by-reader = Остановлено.
stop-stopped = Останавливаю.
stop-cancelled = Отменено.
stop-unknown = Останавливать уже нечего.
stop-not-yours = Остановить может только тот, кто спросил.
stop-nothing = Сейчас останавливать нечего.
part-refused = Эту часть ответа Telegram не принял.
arrival-unknown = Не знаю, дошёл ли ответ на этот вопрос: связь прервалась. Если его нет, спросите ещё раз.
asked-while-away =
    { $hours ->
        [one] Меня не было на связи, и этот вопрос ждал около { $hours } часа. Ответ ещё нужен?
       *[other] Меня не было на связи, и этот вопрос ждал около { $hours } часов. Ответ ещё нужен?
    }
ask-how = Не вижу вопроса. Напишите его в том же сообщении или позовите меня в ответ на сообщение с вопросом.
unknown-command = Такой команды нет. Задайте вопрос своими словами, а что я умею, покажет /help.
group-greeting =
    Здравствуйте! Я отвечаю на вопросы по страницам, которые только что прочёл, и даю ссылку на место, где об этом сказано.
    Чтобы спросить, напишите { $name } и вопрос, или /ask и вопрос, или ответьте на моё сообщение. Остальной переписки я не вижу, права администратора мне не нужны. Другие команды пишите с моим именем: /help{ $name }.
group-greeting-admin =
    Здравствуйте! Я отвечаю на вопросы по страницам, которые только что прочёл, и даю ссылку на место, где об этом сказано.
    Чтобы спросить, напишите { $name } и вопрос, или /ask и вопрос, или ответьте на моё сообщение. На остальное я не отвечаю. Права администратора мне не нужны, их можно снять. Другие команды пишите с моим именем: /help{ $name }.

sources = Источники
closest = Ближе всего к вопросу:
note-extractive = Цитаты из источников, без модели.
note-unseen =
    { $kind ->
        [photo] Картинку я не смотрел, отвечаю только на подпись.
        [video] Видео я не смотрел, отвечаю только на подпись.
       *[file] Файл я не открывал, отвечаю только на подпись.
    }
note-direct = Ответил без поиска, поэтому без источников.
note-code = Написано моделью по этому коду: сверены только имена, которые она называет.
note-model-failed = Модель не ответила, поэтому здесь цитаты из источников.

# Где в документе стоит цитата.
place-page = с. { $number }
place-pages = с. { $from }–{ $to }
place-line = строка { $number }
place-lines = строки { $from }–{ $to }
place-several-pages = с. { $places }
place-several-lines = строки { $places }
also-at = также:

warning-partly = ⚠️ Источник подтверждает это лишь отчасти.
warning-unsupported = ⚠️ В источнике подтверждения этому не нашлось.
warning-contradicted = ⚠️ Источник говорит другое: сверьтесь с ним.
warning-uncited = ⚠️ Источник для этого не назван.
warning-absent = ⚠️ В источнике нет: { $claimed }.
warning-mixed = ⚠️ Источник не подтверждает это полностью: сверьтесь с ним.

# Чем сказанное отличается от источника.
differs = В источнике { $found }, а не { $claimed }.
differs-absent = В источнике нет «{ $claimed }».
differs-negation = В источнике сказано обратное.

# Что читателю знать об источниках: за каждым словом стоит номер источника.
citation-corrected = Ссылка вела на другую страницу, а сказано это здесь:
sources-disagree = Источники расходятся:
read-in-part = Прочитано не до конца:
read-in-part-pages = Прочитано до { $read }-й страницы из { $of }:
date-known = По данным на { $date }
date-unknown = Могло устареть: дата страницы неизвестна

declined-nothing-found = По этому вопросу ничего не нашлось. Попробуйте спросить иначе.
declined-nothing-read = Страницы нашлись, но прочесть их не удалось. Попробуйте чуть позже.
declined-not-answered = На страницах, которые я прочёл, ответа нет.
declined-search-failed = Поиск сейчас не отвечает. Попробуйте через пару минут.
declined-not-in-files = В файле ответа на это нет. Можно спросить иначе или отдельным сообщением, тогда поищу в интернете.
declined-no-question = Рад поговорить! Спросите о чём-нибудь: отвечу по свежим страницам, с источниками.
declined-empty-question = Не вижу вопроса. Напишите его словами, пожалуйста.
declined-question-too-long = Текст длинный, а вопроса в нём я не нашёл: задайте его отдельно, в нескольких словах.
declined-unsupported-language = Я понимаю вопросы на русском и английском. Спросите, пожалуйста, на одном из них.

failed = Не получилось ответить: у меня что-то сломалось. Попробуйте ещё раз чуть позже.
timed-out = Не успел ответить вовремя. Попробуйте ещё раз или спросите короче.
stopped = Меня перезапускают. Спросите ещё раз через минуту, пожалуйста.
only-text = Я читаю текст и файлы с текстом: PDF, TXT, MD, HTML, JSON, таблицы CSV и исходный код. Пришлите такой файл или напишите вопрос словами.

# Пока пишется ответ.
live-searching = Ищу…
live-searching-again = Ищу другими словами…
live-reading =
    { $pages ->
        [one] Читаю { $pages } страницу…
        [few] Читаю { $pages } страницы…
       *[many] Читаю { $pages } страниц…
    }

terminal-searching = Ищу…
terminal-searching-again = Ищу другими словами…
terminal-reading =
    { $pages ->
        [one] Читаю { $pages } страницу…
        [few] Читаю { $pages } страницы…
       *[many] Читаю { $pages } страниц…
    }
terminal-reset = Модель прервалась, отвечаю заново:
terminal-corrected = Ссылки исправлены:

# В списке под «@бот вопрос». На кнопке помещается несколько слов.
inline-hint = Напишите вопрос целиком
inline-quote = Цитата: { $title }
inline-late = Ответ ещё готовится: спросите в чате
inline-nothing-found = Ответа не нашлось
inline-nothing-read = Страницы не открылись, спросите позже
inline-search-failed = Поиск временно недоступен
inline-too-long = Вопрос слишком длинный
inline-unsupported-language = Спросите по-русски или по-английски
inline-failed = Не получилось, попробуйте ещё раз
inline-limit = Лимит вопросов пока исчерпан

# «Правда?»: проверка сообщения.
command-check = проверить, правда ли это
button-check = Правда?
check-offer = Вопроса здесь не вижу. Проверить, правда ли то, что в сообщении?
check-how = Что проверить? Перешлите мне сообщение, ответьте на него словом «правда?» или напишите /check и текст.
check-file-beginning = Файл длинный: проверяю его начало.
check-no-text = В этом сообщении нет текста, проверять нечего.
check-no-claim = Проверять здесь нечего: в сообщении нет утверждений с цифрами, датами, именами или фактами.
check-unsupported-language = Я проверяю сообщения на русском и английском, а это на другом языке.
check-begins = Ищу, что проверить…
check-title = Проверка:
check-confirmed = Подтверждается:
check-contradicted = Источник говорит другое:
check-disputed = Источники расходятся:
check-not-found = Не нашлось:
check-search-failed = Не проверено, поиск не отвечает:
check-nothing-read = Не проверено, страницы не открылись:
check-too-late = Не проверено, не хватило времени:
check-stopped = Не проверено, остановлено:
check-failed = Не проверено, что-то сломалось:
check-left-out =
    { $count ->
        [one] Ещё { $count } утверждение осталось: за раз проверяю до пяти.
        [few] Ещё { $count } утверждения осталось: за раз проверяю до пяти.
       *[many] Ещё { $count } утверждений осталось: за раз проверяю до пяти.
    }
check-by-model = Часть выводов по этим цитатам сделала модель.
check-note-unseen =
    { $kind ->
        [photo] Картинку я не смотрел, проверил только подпись.
        [video] Видео я не смотрел, проверил только подпись.
       *[file] Файл я не открывал, проверил только подпись.
    }

# Доступ, настройки и то, что хранится.
help-group = Чтобы спросить, напишите { $name } и вопрос, или /ask и вопрос, или ответьте вопросом на моё сообщение.
command-ask = задать вопрос
command-settings = язык, длина ответа
command-privacy = что хранится и что куда уходит
command-forget = забыть этот разговор
command-stop = остановить ответ
command-stats = как бот справляется

access-refused = Этот бот отвечает не всем. Чтобы получить доступ, передайте его владельцу свой ID: { $id }
access-refused-group = В этой группе я пока не отвечаю. Чтобы открыть доступ, передайте владельцу бота ID группы: { $id }
access-refused-alert = Этот бот отвечает не всем. Чтобы узнать, как получить доступ, напишите ему в личные сообщения.
access-refused-inline = Бот отвечает не всем: как спросить
limit-day =
    { $limit ->
        [one] За сутки можно задать { $limit } вопрос. Следующий можно задать { $when }.
        [few] За сутки можно задать { $limit } вопроса. Следующий можно задать { $when }.
       *[many] За сутки можно задать { $limit } вопросов. Следующий можно задать { $when }.
    }
limit-burst =
    { $limit ->
        [one] За минуту можно задать { $limit } вопрос. Следующий можно задать { $when }.
        [few] За минуту можно задать { $limit } вопроса. Следующий можно задать { $when }.
       *[many] За минуту можно задать { $limit } вопросов. Следующий можно задать { $when }.
    }

admin-claimed =
    Теперь вы администратор этого бота и можете спрашивать без ограничений, даже если бот открыт не всем.
    /stats покажет, о чём спрашивают и как бот справляется. О неполадках сообщу здесь.
admin-already =
    Вы администратор этого бота и можете спрашивать без ограничений.
    /stats покажет, о чём спрашивают и как бот справляется. О неполадках сообщу здесь.
admin-usage = Пришлите код из журнала бота вот так: /admin КОД
admin-wrong = Код не подошёл. Возьмите последний из журнала бота.
admin-closed = Код больше не действует: у бота уже есть администратор.
admin-not-here = Код я принимаю только в личных сообщениях.

settings-title = Настройки
settings-language = Язык моих сообщений: { $choice }
settings-language-auto = как в Telegram
settings-language-ru = русский
settings-language-en = English
settings-length = Ответ: { $choice }
settings-length-short = короткий
settings-length-long = подробный
settings-writer = Вид ответа: { $choice }
settings-writer-auto = текст модели
settings-writer-quotes = только цитаты
settings-saved = Сохранено.
group-admins-only = В группе это решают администраторы.

privacy-kept = Что хранится на сервере бота
privacy-kept-turns = Вопросы, сообщения, которые вы дали проверить, ответы с источниками, оценки и ваш ID в Telegram — пока вы не отправите /forget.
privacy-kept-turns-group = Вопросы, сообщения, которые дали проверить, ответы с источниками, оценки и ID тех, кто спрашивал, — пока администратор группы не отправит /forget.
privacy-kept-files = Присланные файлы — только для этого чата, не больше 20, пока вы не отправите /forget или их не вытеснят новые.
privacy-kept-settings = Настройки чата — пока вы их не смените.
privacy-kept-usage = Время ваших вопросов, без их текста, — сутки: по нему считается лимит.
privacy-kept-pages = Прочитанные страницы — в общем индексе, без сведений о том, кто о них спрашивал.
privacy-kept-log = Журнал работы — без текста вопросов и ответов.
privacy-sent = Что куда уходит
privacy-sent-telegram = Telegram: переписка, как у любого бота.
privacy-sent-search = Поиск, { $engines }: вопрос, а если он уточняющий, то и слова из разговора; при проверке — утверждения из сообщения.
privacy-sent-sites = Сайты: запрос страницы с адреса сервера, без сведений о вас.
privacy-sent-page-reader = Чтение страниц через браузер ({ $host }): адреса страниц, которые иначе не прочитать.
privacy-sent-model = Модель { $model } ({ $host }): вопрос и отрывки страниц и файлов. Если в /settings выбрать «только цитаты», модель не получает ничего.
privacy-sent-embeddings = Сравнение по смыслу ({ $host }): вопрос и отрывки страниц и файлов.
privacy-sent-reranker = Выбор лучших отрывков ({ $host }): вопрос и отрывки страниц и файлов.
privacy-no-model = Модели нет: ответ собирается из цитат прямо на сервере.
privacy-never = Ваши имя и ID с сервера никуда не уходят, а IP-адреса вашего устройства я не знаю.
privacy-operator = Сервером управляет владелец бота; в /stats он видит, сколько было вопросов и на какие из них ответ не понравился.
privacy-forget = /forget сотрёт этот разговор.

forget-ask = Забыть этот разговор? Сотру с сервера вопросы, ответы, оценки и присланные файлы, а ответы, которые ещё пишу, остановлю. Настройки останутся, сообщения в самом Telegram — тоже: удалить их можно там.
forget-ask-group = Забыть всё, о чём меня спрашивали в этой группе? Сотру с сервера вопросы, ответы, оценки и присланные файлы, а ответы, которые ещё пишу, остановлю. Настройки останутся, сообщения в самом Telegram — тоже.
forget-yes = Забыть
forget-no = Не надо
forget-done = Забыл. Настройки остались прежними.
forget-kept = Хорошо, ничего не стираю.

feedback-up = Спасибо!
feedback-down = Спасибо, учту. «Ещё раз» поищет заново.
feedback-taken-back = Оценка снята.
feedback-not-yours = Оценить ответ может тот, кто спросил.

stats-day = За сутки
stats-week = За семь дней
stats-none = Вопросов не было.
stats-questions =
    { $questions ->
        [one] { $questions } вопрос
        [few] { $questions } вопроса
       *[many] { $questions } вопросов
    }
stats-chats =
    { $chats ->
        [one] в { $chats } чате
       *[other] в { $chats } чатах
    }
stats-shares = отвечено { $answered } %, ответа не нашлось { $declined } %, сбои { $failed } %, остановлено { $stopped } %
stats-times = половина ответов не дольше { $median } с, 95 % не дольше { $slow } с
stats-ratings = 👍 { $liked }, 👎 { $disliked }
stats-disliked = Что не понравилось
stats-kept = Прочитанное
stats-sources = источников: { $count }
stats-disk = на диске { $megabytes } МБ
stats-cache = страниц без новой загрузки: { $share } %
stats-not-here = Это покажу только в личных сообщениях.

# Источники, которые держит администратор.
command-sources = источники, которые я перечитываю
command-reindex = перечитать источники сейчас
sources-title = Источники
sources-none = Источников пока нет. Чтобы добавить, пришлите /sources и адрес: страницы, раздела сайта, карты сайта, ленты, репозитория на GitHub или открытого канала.
sources-usage = Добавить: /sources адрес. Остановить, вернуть, убрать, поставить выше: /sources pause, resume, remove или prefer и имя. Сколько и как часто читать: pages=100 depth=2 every=6 после адреса, для имени — /sources set. Перечитать: /reindex или /reindex имя.
sources-more = И ещё { $count }.
sources-admins-only = Источниками управляют администраторы бота.
source-kind-page = страница
source-kind-sitemap = карта сайта
source-kind-site = раздел сайта
source-kind-feed = лента
source-kind-github = репозиторий
source-kind-telegram = канал
source-holds =
    { $pages ->
        [one] { $pages } страница
        [few] { $pages } страницы
       *[many] { $pages } страниц
    }, { $passages ->
        [one] { $passages } отрывок
        [few] { $passages } отрывка
       *[many] { $passages } отрывков
    }
source-never-read = ещё не читал
source-being-read = читаю сейчас
source-read-now = прочитан только что
source-read-hours = прочитан { $hours } ч назад
source-read-days = прочитан { $days } дн. назад
source-every = раз в { $hours } ч
source-failed = Прочитать не удалось: { $reason }
source-added = Добавил { $id } ({ $kind }). Читаю.
source-paused = { $id }: больше не перечитываю, прочитанное остаётся.
source-resumed = { $id }: снова перечитываю.
source-preferred = { $id }: теперь немного выше других.
source-unpreferred = { $id }: наравне с другими.
source-removed = { $id }: убрал вместе с прочитанным.
source-remove = Убрать
source-remove-surely = Убрать { $id } вместе с прочитанными страницами?
source-fault-not-an-address = Это не похоже на адрес. Пришлите его целиком, с https://.
source-fault-not-public = Этот адрес не из открытого интернета, такие я не читаю.
source-fault-already-there = Такой источник уже есть.
source-set = { $id }: до { $pages } страниц, ссылок вглубь — { $depth }, раз в { $hours } ч. Подействует при следующем чтении.
source-fault-limit = Так не получится: { $word }. Можно pages=1…5000, depth=0…10, every=1…8760 (часы).
source-fault-unknown = Такого источника нет. Имена показывает /sources.
source-fault-unreachable = Источник не открылся.
source-fault-forbidden = Сайт просит роботов это не читать.
source-fault-broken = По этому адресу не то, что ожидалось.
source-fault-busy = Источники уже перечитываются: дождитесь конца или отмените.
reindex-begins = Начинаю читать источники.
reindex-cancel = Отменить
reindex-cancelling = Останавливаю, прежнее останется.
reindex-over = Здесь сейчас ничего не читается.
reindex-title = Читаю { $id }
reindex-title-of = Читаю { $id }, { $at } из { $of }
reindex-counts = изменилось { $changed }, без изменений { $unchanged }, не прочитано { $failed }
reindex-removed = исчезло { $count }
reindex-speed = страниц в секунду: { $speed }
reindex-left = осталось около { $seconds } с
reindex-took = за { $seconds } с
reindex-failure = • { $reason }: { $count }
reindex-nothing = Читать нечего: источников нет или все остановлены.
reindex-done = прочитан
reindex-failed = не прочитан, отвечаю по прочитанному раньше
reindex-cancelled = отменён, отвечаю по прочитанному раньше
reindex-interrupted = прерван, продолжу после запуска
reindex-broke = Перечитать не получилось, отвечаю по прочитанному раньше. Подробности в журнале.

# Демонстрация: сервер и страница.
demo-no-token = BOT_TOKEN не задан, поэтому запущена демонстрация. Откройте { $url }
demo-running = Демонстрация запущена. Откройте { $url }
demo-visitor = Гость
demo-editor = Редактор
demo-editor-chat = Редакция канала
page-chats = Чаты
page-menu = Меню
page-search = Поиск
page-back = Назад к чатам
page-night-mode = Ночной режим
page-language = Switch to English
page-about-title = О демонстрации
page-lie = Соври
page-lie-hint = Автор ответов подменит число, дату или ссылку, а бот это заметит
page-lie-on = Теперь в ответ закрадётся ложь: посмотрите, как бот её поймает
page-lie-off = Снова только правда
page-about = Это демонстрация: Telegram здесь ненастоящий, а бот отвечает так же, как в настоящем.
page-bot = бот
page-group-members = вы и бот
page-channel = канал
page-editor = черновики для канала
page-typing = печатает
page-connecting = соединение…
page-you = Вы
page-edited = изменено
page-message-field = Сообщение
page-message-field-group = Сообщение или { $name } и вопрос
page-send = Отправить
page-save = Сохранить
page-commands = Команды
page-questions = Примеры вопросов
page-questions-title = Попробуйте спросить
page-attach = Прикрепить файл
page-attach-own = Выбрать файл…
page-attach-document = Пример: отчёт
page-attach-code = Пример: код
page-start-title = Что умеет этот бот?
page-start-text = Отвечает на вопросы по страницам, которые только что прочёл, и даёт ссылку на место, где об этом сказано. Напишите вопрос или выберите готовый.
page-start = Начать
page-reply = Ответить
page-forward = Переслать боту
page-forwarded = Переслано:
page-copy = Скопировать текст
page-copied = Скопировано
page-edit = Изменить
page-editing = Изменение сообщения
page-delete = Удалить
page-cancel = Отменить
page-stop = Остановить
page-message-menu = Действия с сообщением
page-expand = Развернуть цитату
page-collapse = Свернуть цитату
page-channel-read-only = Здесь пишет только владелец канала
page-editor-empty = Сюда придут черновики для канала
page-channel-empty = Первые записи скоро будут
page-group-empty = Упомяните бота, чтобы спросить его при всех
page-today = Сегодня
page-yesterday = Вчера
page-draft = Ответ пишется
page-inline-searching = Ищу ответ…
page-inline-nothing = Ответа не нашлось
page-inline-results = Ответы бота: выберите, какой отправить
page-inline-hint = Напишите вопрос, и ответ можно будет отправить в этот чат
page-via = через
page-joined = теперь в группе
page-left = больше не в группе
page-not-sent = Не отправлено: нет связи. Попробуйте ещё раз.
page-no-content = Сообщение, которое здесь не показать
page-scroll-down = Вниз, к последнему сообщению
page-unread = Непрочитанных
page-ok = Хорошо
page-no-chat-found = Такого чата нет

# Кто держит бота, узнаёт о неполадке один раз и ещё раз, когда она прошла.
fault-search-down =
    Поиск не отвечает, поэтому на новые вопросы ответов нет. Проверьте доступ в сеть и SEARXNG_URL, если он задан. Если поиск поднимется сам, больше ничего делать не нужно.
    Подробности: { $details }
fault-search-down-over = Поиск снова работает. Не работал { $lasted }.
fault-model-key =
    Модель не принимает ключ, поэтому вместо её ответов идут цитаты. Проверьте OPENAI_API_KEY: возможно, ключ истёк или отозван.
    Подробности: { $details }
fault-model-key-over = Модель снова принимает ключ. Не принимала { $lasted }.
fault-model-balance =
    На счёте модели закончились деньги, поэтому вместо её ответов идут цитаты. Пополните счёт там, где получен OPENAI_API_KEY.
    Подробности: { $details }
fault-model-balance-over = Модель снова отвечает: счёт пополнен. Не отвечала { $lasted }.
fault-model-down =
    Модель не отвечает, поэтому вместо её ответов идут цитаты. Если это надолго, проверьте OPENAI_BASE_URL и OPENAI_MODEL.
    Подробности: { $details }
fault-model-down-over = Модель снова отвечает. Не отвечала { $lasted }.
fault-embeddings-down =
    Сервер эмбеддингов не отвечает, поэтому страницы отбираются только по словам, а не по смыслу. Проверьте EMBEDDINGS_BASE_URL, EMBEDDINGS_MODEL и EMBEDDINGS_API_KEY.
    Подробности: { $details }
fault-embeddings-down-over = Сервер эмбеддингов снова отвечает. Не отвечал { $lasted }.
fault-index-not-read =
    Индекс не читается: ответы берутся только из того, что прочитано прямо сейчас. Проверьте папку DATA_DIR и перезапустите бота.
    Подробности: { $details }
fault-index-not-read-over = Индекс снова читается. Не читался { $lasted }.
fault-index-not-written =
    Прочитанные страницы не сохраняются в индекс. Проверьте, есть ли место на диске и можно ли писать в папку DATA_DIR.
    Подробности: { $details }
fault-index-not-written-over = Страницы снова сохраняются в индекс. Не сохранялись { $lasted }.
fault-disk-low =
    На диске с папкой DATA_DIR почти не осталось места. Освободите его, иначе бот перестанет запоминать вопросы и отвечать на них.
    Подробности: { $details }
fault-disk-low-over = Места на диске снова достаточно. Не хватало { $lasted }.
fault-other-instance =
    С этим же BOT_TOKEN работает ещё одна программа, и часть вопросов уходит к ней. Остановите её или выпустите новый токен у @BotFather.
    Подробности: { $details }
fault-other-instance-over = Другая программа с этим BOT_TOKEN больше не мешает. Мешала { $lasted }.
fault-leftover-webhook =
    Для этого BOT_TOKEN включён вебхук: пока он есть, вопросы сюда не приходят. При запуске бот выключает его сам; если вебхук появляется снова, его включает другая программа: остановите её или задайте здесь WEBHOOK_URL.
    Подробности: { $details }
fault-leftover-webhook-over = Вебхук выключен, вопросы снова приходят. Не приходили { $lasted }.
fault-channel =
    Запись не вышла в канал, очередь ждёт. Проверьте, что бот — администратор канала с правом публиковать сообщения и что CHANNEL_ID верен. Дальше попробую сам.
    Подробности: { $details }
fault-channel-over = Записи снова выходят в канал. Не выходили { $lasted }.
lasted-moment = меньше минуты
lasted-minutes =
    { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    }
lasted-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }
lasted-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }

# Файлы, которые присылают в чат.
live-reading-file =
    { $files ->
        [one] Читаю файл…
       *[other] Читаю файлы…
    }
file-ask = Спрашивайте: ответьте на это сообщение или напишите «в файле» — отвечу по нему, с указанием места.
files-ask = Спрашивайте: ответьте на это сообщение или напишите «в файлах» — отвечу по ним, с указанием места.
file-fragment = фрагмент
file-known = Этот файл я уже читал.
file-misnamed = Название обещает другое, но внутри — { $kind }.
file-in-part = Файл длинный: прочёл только начало.
file-in-part-page = Файл длинный: прочёл до { $read }-й страницы из { $of }.
file-in-part-line = Файл длинный: прочёл { $read } строк из { $of }, начало.
file-gone =
    { $count ->
        [one] Самый старый файл, { $names }, я забыл: храню до 20 файлов и до 100 МБ на чат.
       *[other] Самые старые файлы забыл: { $names }. Храню до 20 файлов и до 100 МБ на чат.
    }
file-kind-pdf = PDF
file-kind-html = веб-страница
file-kind-markdown = текст с разметкой
file-kind-json = JSON
file-kind-table = таблица
file-kind-code = код
file-kind-text = текст
file-pages =
    { $count ->
        [one] { $count } страница
        [few] { $count } страницы
       *[many] { $count } страниц
    }
file-lines =
    { $count ->
        [one] { $count } строка
        [few] { $count } строки
       *[many] { $count } строк
    }
file-passages =
    { $count ->
        [one] { $count } отрывок
        [few] { $count } отрывка
       *[many] { $count } отрывков
    }
file-empty = Файл пуст: читать в нём нечего.
file-too-big = Файл больше 20 МБ — такие Telegram ботам не отдаёт. Пришлите его по частям или нужные страницы отдельно.
file-encrypted = Файл закрыт паролем. Пришлите его без пароля, и я прочту.
file-scanned = Похоже, это скан: в файле только картинки, без текста. Распознайте его и пришлите ещё раз.
file-damaged = Файл повреждён: открыть его не удалось. Пришлите его ещё раз или сохраните заново.
file-too-complex = Файл слишком сложный, прочесть его целиком не удалось. Пришлите нужную часть отдельно.
file-no-text = Текста в файле не нашлось.
file-no-encoding = Не удалось понять, в какой кодировке текст. Сохраните файл в UTF-8 и пришлите ещё раз.
file-busy = Сейчас читаю слишком много файлов сразу. Пришлите его ещё раз через минуту.
file-unavailable = Файл не скачался: связь с Telegram прервалась. Пришлите его, пожалуйста, ещё раз.
file-failed = Не получилось прочесть файл: у меня что-то сломалось. Попробуйте ещё раз чуть позже.
file-unsupported-picture = Это картинка, а читать я умею только текст: PDF, TXT, MD, HTML, JSON, CSV и исходный код.
file-unsupported-sound = Это звук или видео, а читать я умею только текст: PDF, TXT, MD, HTML, JSON, CSV и исходный код.
file-unsupported-archive = Это архив. Распакуйте его и пришлите файлы по одному: PDF, TXT, MD, HTML, JSON, CSV, исходный код.
file-unsupported-office = Файлы офисных программ я не читаю. Сохраните его как PDF и пришлите ещё раз.
file-unsupported-binary = Это не текст. Читать я умею PDF, TXT, MD, HTML, JSON, CSV и исходный код.
button-file-summary = О чём этот файл?
button-file-outline = Что в этом коде?
button-file-explain = Объяснить
button-file-tests = Тесты
button-file-documentation = Документация
button-file-refactor = Рефакторинг
file-wish-summary = О чём этот файл?
file-wish-outline = Что в этом коде?
file-wish-explain = Объясните этот код
file-wish-tests = Напишите тесты к этому коду
file-wish-documentation = Напишите документацию к этому коду
file-wish-refactor = Предложите, как улучшить этот код

# Почему страница источника не прочлась. Для администратора.
page-reason-wait = сайт просит подождать
page-reason-gone = страницы больше нет
page-reason-refused = сайт не пускает
page-reason-server = сайт сломан (код { $status })
page-reason-status = сайт ответил отказом (код { $status })
page-reason-slow = страница не успела загрузиться
page-reason-no-host = такого сайта нет
page-reason-certificate = сертификат сайта не годится
page-reason-unreachable = нет связи с сайтом
page-reason-robots = запрещено в robots.txt
page-reason-browser = открывается только в браузере
page-reason-too-large = слишком велика
page-reason-scanned = PDF из картинок, без текста
page-reason-encrypted = PDF под паролем
page-reason-damaged = содержимое повреждено
page-reason-no-text = на странице нет текста
page-reason-unsupported = не тот вид содержимого
page-reason-not-allowed = такой адрес читать нельзя
page-reason-redirects = переадресация по кругу

# Что в источнике не прочлось или пропущено. Для администратора.
source-note-pages = прочитаны не все страницы, только первые { $count }
source-note-sitemaps = прочитаны не все карты сайта, только первые { $count }
source-note-listed = адресов в карте сайта { $listed }, прочитаны первые { $count }
source-note-list-cut = GitHub отдал неполный список файлов
source-note-left-out = пропущено: { $what } ({ $reason })
source-note-by-words = смысловой поиск был недоступен, новые страницы пока ищутся по словам
source-note-nothing = ни одна страница не прочиталась
source-note-not-indexed = не удалось записать в индекс, подробности в журнале
source-note-not-read = { $what }: { $reason }
source-note-no-sitemap = { $what } не карта сайта
source-note-no-feed = { $what } не лента RSS или Atom
source-note-no-posts = { $what }: записей не видно, канал закрыт или пуст
source-note-no-repository = { $what } не ведёт к репозиторию
source-note-broken-list = список файлов { $what } не читается

# Дайджест в терминале.
digest-collecting = Собираю новое…
digest-count = { $count ->
    [0] Нового нет.
    [one] { $count } пост.
    [few] { $count } поста.
   *[many] { $count } постов.
}
digest-waiting = Ждут своей очереди: { $count }.
digest-not-written = Не написан: { $title }
digest-unmatched = Под эти темы и слова ничего не подошло: { $words }

# Дайджест: черновики и что с ними делают админы.
digest-today = сегодня в { $time }
digest-tomorrow = завтра в { $time }
digest-yesterday = вчера в { $time }
digest-on-date = { $date } в { $time }
digest-card-draft = Черновик для канала
digest-card-list = Список для канала
digest-card-why = Почему выбран: { $reasons }.
digest-card-refused = Telegram его не принял: { $words }
digest-card-unread = Не прочитано: { $page } ({ $reason }).
digest-card-sources = На чём держится
digest-card-due = Уходит в канал…
digest-card-scheduled = Выйдет { $when }.
digest-card-sending = Отправляется в канал…
digest-card-unknown = Не знаю, вышел ли этот пост
digest-card-not-found = Ответа от Telegram не было. Я посмотрел в канале: среди последних записей его нет. Сам второй раз не отправлю.
digest-card-not-looked = Ответа от Telegram не было, а посмотреть в канале не удалось. Проверьте сами: второй раз сам не отправлю.
digest-card-published = Вышел { $when }.
digest-card-renewed = С тех пор появилось новое: выше — каким пост стал бы теперь.
digest-card-skipped = Пропущен.
digest-card-by = Решение: { $name }.
digest-card-by-itself = Решено без участия людей.
digest-why-topic = тема «{ $topic }»
digest-why-include = есть слово «{ $word }»
digest-why-downloads = { $count ->
    [one] { $count } скачивание за месяц
    [few] { $count } скачивания за месяц
   *[many] { $count } скачиваний за месяц
    }
digest-why-likes = { $count ->
    [one] { $count } лайк
    [few] { $count } лайка
   *[many] { $count } лайков
    }
digest-why-upvotes = { $count ->
    [one] { $count } голос за статью
    [few] { $count } голоса за статью
   *[many] { $count } голосов за статью
    }
digest-why-stars = { $count ->
    [one] { $count } звезда
    [few] { $count } звезды
   *[many] { $count } звёзд
    }
digest-why-more-downloads = { $count ->
    [one] плюс { $count } скачивание за { $hours } ч
    [few] плюс { $count } скачивания за { $hours } ч
   *[many] плюс { $count } скачиваний за { $hours } ч
    }
digest-why-more-likes = { $count ->
    [one] плюс { $count } лайк за { $hours } ч
    [few] плюс { $count } лайка за { $hours } ч
   *[many] плюс { $count } лайков за { $hours } ч
    }
digest-why-more-upvotes = { $count ->
    [one] плюс { $count } голос за { $hours } ч
    [few] плюс { $count } голоса за { $hours } ч
   *[many] плюс { $count } голосов за { $hours } ч
    }
digest-why-more-stars = { $count ->
    [one] плюс { $count } звезда за { $hours } ч
    [few] плюс { $count } звезды за { $hours } ч
   *[many] плюс { $count } звёзд за { $hours } ч
    }
digest-why-feed = запись ленты
digest-why-post = запись: { $publisher }
digest-why-watched = новая версия { $repository }
digest-why-places = { $count ->
    [one] есть на { $count } площадке
   *[other] есть на { $count } площадках
    }
button-publish = ✅ Опубликовать
button-edit = ✏️ Изменить
button-new-text = Новый текст
button-instruct = Поручить модели
button-opinion = + мнение
button-opinion-other = Другое мнение
button-no-opinion = Без мнения
button-later = 🕗 Позже
button-tonight = Вечером
button-tomorrow = Завтра утром
button-pick-time = Выбрать время
button-back = ← Назад
button-skip = 🗑 Пропустить
button-now = Сейчас
button-undo = ↩️ Отменить
button-restore = ↩️ Вернуть
button-open-post = Открыть
button-arrived = Он в канале
button-send-again = Отправить ещё раз
button-drop = Не отправлять
button-renew = Обновить запись
button-keep = Оставить как есть
digest-admins-only = Это для админов канала.
digest-post-gone = Такого поста больше нет.
digest-draft-changed = Черновик изменился: посмотрите, каким он стал.
digest-decided = Уже решено.
digest-decided-by = Уже решено: { $name }.
digest-undo-late = Отменить можно было в течение десяти минут.
digest-undo-failed = Telegram не дал убрать запись из канала. Удалите её там сами.
digest-renew-failed = Обновить запись не удалось, попробуйте позже.
digest-renew-gone = Этой записи в канале больше нет.
digest-ask-text = Пришлите новый текст ответом на это сообщение. Числа и названия я снова сверю с источниками, ссылки внизу поставлю сам.
digest-ask-instruction = Напишите ответом на это сообщение, что поменять. Например: «короче», «начни с цены».
digest-ask-opinion = Пришлите мнение ответом на это сообщение: встанет перед ссылками как есть, без проверки.
digest-ask-time = Когда? Ответьте на это сообщение: «25.11 14:30», «завтра в 9» или «через 2 часа».
digest-time-unread = Не понял времени, или оно уже прошло. Например: «25.11 14:30», «завтра в 9», «через 2 часа».
digest-edit-empty = В ответе нет текста, поэтому ничего не поменял.
digest-edit-long = Слишком длинно: { $count } знаков, а в пост Telegram войдёт { $most }. Ничего не поменял.
digest-edit-checking = Сверяю с источниками…
digest-edit-failed = Сверить с источниками не удалось, поэтому ничего не поменял. Попробуйте ещё раз.
digest-edit-no-list = Список правится только в канале, после выхода.
digest-model-failed = Модель не ответила, поэтому ничего не поменял.

# Дайджест: /digest и черновики из сообщений.
command-digest = дайджест для канала
digest-title = Дайджест канала { $channel }
digest-runs = Сейчас собираю новое.
digest-paused = Сбор на паузе. Одобренное выходит.
digest-resumed = Снова собираю по расписанию.
digest-next = Следующий сбор: { $when }.
digest-last = Последний сбор: { $when }.
digest-queue-count = { $count ->
    [0] Черновиков нет.
    [one] { $count } черновик ждёт решения.
    [few] { $count } черновика ждут решения.
   *[many] { $count } черновиков ждут решения.
    }
digest-unknown-count = Неизвестно, вышли ли: { $count }.
digest-sources = Источники
digest-sources-unread = Ещё не читал.
digest-source-never = ещё ни разу не прочитан
digest-source-read = { $count ->
    [one] прочитан { $when }, { $count } запись
    [few] прочитан { $when }, { $count } записи
   *[many] прочитан { $when }, { $count } записей
    }
digest-fault-unreachable = не отвечает
digest-fault-timeout = отвечает слишком долго
digest-fault-rate-limited = просит подождать
digest-fault-refused = отказывает: проверьте ключ и настройки
digest-fault-missing = по этому адресу ничего нет
digest-fault-failed = сломан, отвечает ошибкой
digest-fault-unreadable = прислал не то, что ожидалось
digest-fault-too-large = прислал слишком много
digest-fault-forbidden-by-robots = просит роботов его не читать
digest-fault-unknown = не прочитан, подробности в журнале
digest-brought = { $count ->
    [one] { $count } новый черновик.
    [few] { $count } новых черновика.
   *[many] { $count } новых черновиков.
    }
digest-brought-renewed = Обновилось прежних: { $count }.
digest-learned = { $count ->
    [one] Запомнил { $count } запись, которая уже есть. Новое появится со следующего раза.
    [few] Запомнил { $count } записи, которые уже есть. Новое появится со следующего раза.
   *[many] Запомнил { $count } записей, которые уже есть. Новое появится со следующего раза.
    }
digest-nothing-new = Нового для канала нет.
digest-failed = Собрать не удалось, подробности в журнале.
digest-history = Что вышло и что пропущено
digest-history-empty = Пока ничего.
digest-queue-empty = Черновиков нет.
digest-list-empty = За это время в канал ничего не выходило.
digest-usage = /digest — как дела. С одним словом после: now (собрать сейчас), pause, resume, queue, history, list day, list week.
button-digest-now = 🔄 Собрать сейчас
button-digest-pause = ⏸ Пауза
button-digest-resume = ▶️ Продолжить
button-digest-queue = Очередь
button-digest-history = История
button-list-day = Список за день
button-list-week = Список за неделю
digest-drafting = Читаю и делаю черновик для канала…
digest-message-drafted = Готово, черновик ниже.
digest-message-nothing = Здесь не о чем писать пост.
digest-message-unreadable = Прочитать не удалось, а самого сообщения для поста мало.
digest-message-failed = Черновик не получился, попробуйте ещё раз.
digest-known-draft = Об этом уже есть черновик: { $title }
digest-known-approved = Это уже в очереди на выход: { $title }
digest-known-sending = Это сейчас уходит в канал: { $title }
digest-known-unknown = Об этом уже есть пост, и неизвестно, вышел ли он: { $title }
digest-known-published = Это уже было в канале: { $title }
digest-known-skipped = Это уже пропустили: { $title }
digest-off = Канал не задан. Сделайте бота администратором канала с правом публиковать, укажите CHANNEL_ID в настройках и перезапустите его.
digest-queued = Они в очереди: бот покажет их админам.

# Вопросы о записи канала.
post-asked = Спрашивайте про
post-asked-how = Отвечу по источникам этой записи.
post-not-there = Этой записи в канале уже нет. Спросите о чём угодно: поищу в сети.
post-left = Хорошо, дальше ищу по всей сети.
post-beyond = В источниках записи ответа не нашлось, поэтому искал по всей сети.
button-leave-post = Другая тема
