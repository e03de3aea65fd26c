# The words that a reader sees: short and to the point.

help =
    I am Istok: I answer questions from pages that I have just read, with a link to the place that says so.
    Ask in Russian or English, in one message, for example:
    • Why is the sky blue?
    • Кто открыл пенициллин?
    You may send a link as well: “What is https://… about?”
    Send a file (PDF, TXT, MD, HTML, JSON, a table or code) and ask about it.
    Forward me any message with “is it true?”, and I will check what it says.
    If I find no answer, I will say so.
command-help = what I can do
greeting = Hello!

button-more = More
more-given = The longer answer is already below.

button-again = Once more
button-cancel = Cancel
button-stop = Stop
button-open-page = Open the page
button-answer-now = Answer now
button-expired = This button is too old: please ask again.
again-in-progress = I am already looking for it again.
waiting-its-turn = I will finish the previous question first, then answer this one.
cancelled = Question cancelled.
stopped-by-reader = Stopped.
stop-stopped = Stopping.
stop-cancelled = Cancelled.
stop-unknown = There is nothing left to stop.
stop-not-yours = Only the person who asked can stop it.
stop-nothing = There is nothing to stop at the moment.
part-refused = Telegram did not take this part of the answer.
arrival-unknown = I do not know whether the answer to this question arrived: the connection broke. If it did not, please ask again.
asked-while-away =
    { $hours ->
        [one] I was away, and this question waited for about { $hours } hour. Do you still need an answer?
       *[other] I was away, and this question waited for about { $hours } hours. Do you still need an answer?
    }
ask-how = I see no question. Write it in the same message, or call me in reply to a message that has one.
unknown-command = There is no such command. Just ask a question; /help shows what I can do.
group-greeting =
    Hello! I answer questions from pages that I have just read, with a link to the place that says so.
    To ask, write { $name } and a question, or /ask and a question, or reply to a message of mine. I see nothing else in the group, and I need no admin rights. Write other commands with my name: /help{ $name }.
group-greeting-admin =
    Hello! I answer questions from pages that I have just read, with a link to the place that says so.
    To ask, write { $name } and a question, or /ask and a question, or reply to a message of mine. I answer nothing else. I need no admin rights: you may take them away. Write other commands with my name: /help{ $name }.

sources = Sources
closest = Closest to your question:
note-extractive = Quoted from the sources, no model.
note-unseen =
    { $kind ->
        [photo] I did not look at the picture, only at its caption.
        [video] I did not watch the video, I only read its caption.
       *[file] I did not open the file, I only read its caption.
    }
note-direct = Answered without a search, so without sources.
note-code = Written by a model from this code: only the names that it gives were checked.
note-model-failed = The model did not answer, so these are quotes from the sources.

# Where a quote stands in a document.
place-page = p. { $number }
place-pages = pp. { $from }–{ $to }
place-line = line { $number }
place-lines = lines { $from }–{ $to }
place-several-pages = pp. { $places }
place-several-lines = lines { $places }
also-at = also:

warning-partly = ⚠️ The source supports this only in part.
warning-unsupported = ⚠️ The source does not bear this out.
warning-contradicted = ⚠️ The source says otherwise: please check it.
warning-uncited = ⚠️ No source is named for this.
warning-absent = ⚠️ The source does not mention: { $claimed }.
warning-mixed = ⚠️ The source does not fully support this: please check it.

# How what was said differs from the source.
differs = The source says { $found }, not { $claimed }.
differs-absent = The source does not mention “{ $claimed }”.
differs-negation = The source says the opposite.

# What to know of the sources: a source's number follows each.
citation-corrected = The link led to another page; this is where it is said:
sources-disagree = The sources disagree:
read-in-part = Not read to the end:
read-in-part-pages = Read up to page { $read } of { $of }:
date-known = As of { $date }
date-unknown = This may be out of date: the page has no date

declined-nothing-found = I found nothing on this question. Try asking it another way.
declined-nothing-read = I found pages but could not read them. Please try a little later.
declined-not-answered = The pages that I have read do not answer this.
declined-search-failed = The search is not responding at the moment. Please try again in a few minutes.
declined-not-in-files = The file does not answer that. Ask in other words, or in a message of its own: then I will search the web.
declined-no-question = Glad to chat! Ask me something: I answer from fresh pages, with sources.
declined-empty-question = I see no question here. Please put it into words.
declined-question-too-long = This is a long text, and I cannot find a question in it: please ask one in a few words.
declined-unsupported-language = I understand questions in Russian and English. Please ask in one of them.

failed = I could not answer: something broke on my side. Please try again a little later.
timed-out = I could not answer in time. Please try again, or ask for less.
stopped = I am being restarted. Please ask again in a minute.
only-text = I read text, and files that hold text: PDF, TXT, MD, HTML, JSON, CSV tables and source code. Send such a file, or put your question into words.

# While an answer is being written.
live-searching = Searching…
live-searching-again = Searching in other words…
live-reading =
    { $pages ->
        [one] Reading { $pages } page…
       *[other] Reading { $pages } pages…
    }

terminal-searching = Searching…
terminal-searching-again = Searching in other words…
terminal-reading =
    { $pages ->
        [one] Reading { $pages } page…
       *[other] Reading { $pages } pages…
    }
terminal-reset = The model broke off, answering again:
terminal-corrected = With its links corrected:

# In the list under “@bot question”. A button has room for a few words.
inline-hint = Type the whole question
inline-quote = Quote: { $title }
inline-late = Still working on it: ask in the chat
inline-nothing-found = I found no answer
inline-nothing-read = The pages did not open, try later
inline-search-failed = The search is down for now
inline-too-long = The question is too long
inline-unsupported-language = Ask in Russian or English
inline-failed = That did not work, please try again
inline-limit = No more questions for now

# "Is it true?": checking a message.
command-check = check whether something is true
button-check = Is it true?
check-offer = I see no question here. Shall I check whether the message is true?
check-how = What shall I check? Forward me a message, reply to it with “is it true?”, or write /check and the text.
check-file-beginning = The file is long: checking its beginning.
check-no-text = There is no text in this message, so there is nothing to check.
check-no-claim = There is nothing to check here: the message states no figures, dates, names or facts.
check-unsupported-language = I check messages in Russian and English, and this one is in another language.
check-begins = Looking for what to check…
check-title = Checked:
check-confirmed = Confirmed:
check-contradicted = The source says otherwise:
check-disputed = The sources disagree:
check-not-found = Not found:
check-search-failed = Not checked, the search does not answer:
check-nothing-read = Not checked, the pages did not open:
check-too-late = Not checked, there was not enough time:
check-stopped = Not checked, stopped:
check-failed = Not checked, something broke:
check-left-out =
    { $count ->
        [one] { $count } more claim is left: I check up to five at a time.
       *[other] { $count } more claims are left: I check up to five at a time.
    }
check-by-model = A model drew some of these conclusions from the quotes.
check-note-unseen =
    { $kind ->
        [photo] I did not look at the picture, only the caption was checked.
        [video] I did not watch the video, only the caption was checked.
       *[file] I did not open the file, only the caption was checked.
    }

# Who may ask, settings, and what is kept.
help-group = To ask, write { $name } and a question, or /ask and a question, or reply to one of my messages with a question.
command-ask = ask a question
command-settings = language, length of answers
command-privacy = what is kept and what goes where
command-forget = forget this conversation
command-stop = stop the answer
command-stats = how the bot is doing

access-refused = This bot does not answer everybody. To get access, send your ID to its owner: { $id }
access-refused-group = I do not answer in this group yet. To change that, send the group’s ID to the owner of the bot: { $id }
access-refused-alert = This bot does not answer everybody. Write to it in private to learn how to get access.
access-refused-inline = Not open to everybody: how to ask
limit-day =
    { $limit ->
        [one] You can ask { $limit } question in 24 hours. You can ask another { $when }.
       *[other] You can ask { $limit } questions in 24 hours. You can ask another { $when }.
    }
limit-burst =
    { $limit ->
        [one] You can ask { $limit } question a minute. You can ask another { $when }.
       *[other] You can ask { $limit } questions a minute. You can ask another { $when }.
    }

admin-claimed =
    You are now the admin of this bot. You may ask without limit, even where the bot is not open to everybody.
    /stats shows what is asked and how the bot is doing. I will write to you here when something is wrong.
admin-already =
    You are an admin of this bot: you may ask without limit.
    /stats shows what is asked and how the bot is doing. I will write to you here when something is wrong.
admin-usage = Send the code from the bot’s log like this: /admin CODE
admin-wrong = That is not the code. Please take the latest one from the bot’s log.
admin-closed = The code is no longer valid: this bot already has an admin.
admin-not-here = I take the code in private messages only.

settings-title = Settings
settings-language = Language of my messages: { $choice }
settings-language-auto = as in Telegram
settings-language-ru = русский
settings-language-en = English
settings-length = Answers: { $choice }
settings-length-short = short
settings-length-long = long
settings-writer = Wording: { $choice }
settings-writer-auto = by the model
settings-writer-quotes = quotes only
settings-saved = Saved.
group-admins-only = In a group, this is for its admins to decide.

privacy-kept = What is kept on the bot’s server
privacy-kept-turns = Questions, messages that you have had checked, answers with their sources, ratings and your Telegram ID: until you send /forget.
privacy-kept-turns-group = Questions, messages that were checked, answers with their sources, ratings and the Telegram IDs of those who asked: until an admin of the group sends /forget.
privacy-kept-files = Files that you have sent: for this chat alone, 20 at most, until you send /forget or newer ones take their place.
privacy-kept-settings = The settings of the chat: until you change them.
privacy-kept-usage = The times of your questions, without their text: for 24 hours, to keep to the limit.
privacy-kept-pages = Pages that were read: in a shared index, with no record of who asked about them.
privacy-kept-log = The log: without the text of questions and answers.
privacy-sent = What goes where
privacy-sent-telegram = Telegram: the conversation, as with every bot.
privacy-sent-search = Search, { $engines }: the question, and for a follow-up words of the conversation too; of a message that is checked, its claims.
privacy-sent-sites = Websites: a request for the page from the server’s address, with nothing about you.
privacy-sent-page-reader = Reading pages in a browser ({ $host }): the addresses of pages that cannot be read otherwise.
privacy-sent-model = The model { $model } ({ $host }): the question and passages of pages and files. With “quotes only” in /settings, nothing.
privacy-sent-embeddings = Comparison by meaning ({ $host }): the question and passages of pages and files.
privacy-sent-reranker = Choosing the best passages ({ $host }): the question and passages of pages and files.
privacy-no-model = There is no model: answers are put together from quotes on the server itself.
privacy-never = Your name and ID never leave the server, and I do not know your device’s IP address.
privacy-operator = The owner of the bot runs its server and sees in /stats how many questions there were and which of them got an answer that was disliked.
privacy-forget = /forget deletes this conversation.

forget-ask = Forget this conversation? I will delete from the server the questions, answers, ratings and files that were sent, and stop what I am still answering. Settings stay, and so do the messages in Telegram itself: you can delete them there.
forget-ask-group = Forget everything that I was asked in this group? I will delete from the server the questions, answers, ratings and files that were sent, and stop what I am still answering. Settings stay, and so do the messages in Telegram itself.
forget-yes = Forget
forget-no = Keep
forget-done = Forgotten. Your settings are as before.
forget-kept = All right, nothing is deleted.

feedback-up = Thank you!
feedback-down = Thank you, noted. “Once more” searches anew.
feedback-taken-back = Rating removed.
feedback-not-yours = Only the person who asked can rate the answer.

stats-day = Last 24 hours
stats-week = Last seven days
stats-none = No questions.
stats-questions =
    { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }
stats-chats =
    { $chats ->
        [one] in { $chats } chat
       *[other] in { $chats } chats
    }
stats-shares = answered { $answered }%, nothing found { $declined }%, failed { $failed }%, stopped { $stopped }%
stats-times = half of the answers within { $median } s, 95% within { $slow } s
stats-ratings = 👍 { $liked }, 👎 { $disliked }
stats-disliked = What was disliked
stats-kept = What was read
stats-sources = sources: { $count }
stats-disk = { $megabytes } MB on the disk
stats-cache = pages without a new download: { $share } %
stats-not-here = I show this in private messages only.

# Sources that an admin keeps.
command-sources = sources that I keep reading
command-reindex = read the sources again now
sources-title = Sources
sources-none = There are no sources yet. To add one, send /sources and an address: of a page, a part of a site, a sitemap, a feed, a GitHub repository or a public channel.
sources-usage = Add: /sources address. Pause, resume, remove, rank higher: /sources pause, resume, remove or prefer and a name. How much and how often: pages=100 depth=2 every=6 behind the address, /sources set for a name. Read again: /reindex or /reindex name.
sources-more = And { $count } more.
sources-admins-only = Sources are kept by the bot’s admins.
source-kind-page = page
source-kind-sitemap = sitemap
source-kind-site = part of a site
source-kind-feed = feed
source-kind-github = repository
source-kind-telegram = channel
source-holds =
    { $pages ->
        [one] { $pages } page
       *[other] { $pages } pages
    }, { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }
source-never-read = not read yet
source-being-read = being read now
source-read-now = read just now
source-read-hours = read { $hours } h ago
source-read-days = read { $days } d ago
source-every = every { $hours } h
source-failed = Could not be read: { $reason }
source-added = Added { $id } ({ $kind }). Reading it.
source-paused = { $id }: no longer read again, what was read stays.
source-resumed = { $id }: read again from now on.
source-preferred = { $id }: ranks a little above others now.
source-unpreferred = { $id }: ranks like others.
source-removed = { $id }: removed with what was read.
source-remove = Remove
source-remove-surely = Remove { $id } and the pages read from it?
source-fault-not-an-address = That does not look like an address. Send all of it, with https://.
source-fault-not-public = That address is not on the public internet; I do not read such.
source-fault-already-there = That source is there already.
source-set = { $id }: up to { $pages } pages, { $depth } links deep, every { $hours } h. From its next reading on.
source-fault-limit = That cannot be: { $word }. It may be pages=1…5000, depth=0…10, every=1…8760 (hours).
source-fault-unknown = There is no such source. /sources shows their names.
source-fault-unreachable = The source did not open.
source-fault-forbidden = The site asks robots not to read this.
source-fault-broken = There is something else at that address than expected.
source-fault-busy = Sources are being read already: wait for the end or cancel.
reindex-begins = Beginning to read the sources.
reindex-cancel = Cancel
reindex-cancelling = Stopping; what was there stays.
reindex-over = Nothing is being read here now.
reindex-title = Reading { $id }
reindex-title-of = Reading { $id }, { $at } of { $of }
reindex-counts = { $changed } changed, { $unchanged } unchanged, { $failed } not read
reindex-removed = { $count } gone
reindex-speed = pages a second: { $speed }
reindex-left = about { $seconds } s left
reindex-took = in { $seconds } s
reindex-failure = • { $reason }: { $count }
reindex-nothing = Nothing to read: there are no sources, or all are paused.
reindex-done = read
reindex-failed = not read, the earlier pages stay
reindex-cancelled = cancelled, the earlier pages stay
reindex-interrupted = interrupted, goes on after the start
reindex-broke = Reading again did not work, the earlier pages stay. The log says more.

# The demo: its server and its page.
demo-no-token = BOT_TOKEN is not set, so the demo is running. Open { $url }
demo-running = The demo is running. Open { $url }
demo-visitor = Guest
demo-editor = Editor
demo-editor-chat = Editor's desk
page-chats = Chats
page-menu = Menu
page-search = Search
page-back = Back to chats
page-night-mode = Night mode
page-language = Переключить на русский
page-about-title = About the demo
page-lie = Lie
page-lie-hint = The writer of answers changes a figure, a date or a link, and the bot notices
page-lie-on = A lie will slip into the answer now: see how the bot catches it
page-lie-off = Nothing but the truth again
page-about = This is a demo: the Telegram here is an imitation, and the bot answers as it does in the real one.
page-bot = bot
page-group-members = you and the bot
page-channel = channel
page-editor = drafts for the channel
page-typing = typing
page-connecting = connecting…
page-you = You
page-edited = edited
page-message-field = Message
page-message-field-group = Message, or { $name } and a question
page-send = Send
page-save = Save
page-commands = Commands
page-questions = Sample questions
page-questions-title = Try asking
page-attach = Attach a file
page-attach-own = Choose a file…
page-attach-document = Sample: a report
page-attach-code = Sample: code
page-start-title = What can this bot do?
page-start-text = It answers questions from pages that it has just read, with a link to the place that says so. Type a question, or take one of these.
page-start = Start
page-reply = Reply
page-forward = Forward to the bot
page-forwarded = Forwarded from
page-copy = Copy text
page-copied = Copied
page-edit = Edit
page-editing = Edit message
page-delete = Delete
page-cancel = Cancel
page-stop = Stop
page-message-menu = Message actions
page-expand = Expand the quotation
page-collapse = Collapse the quotation
page-channel-read-only = Only the owner of the channel posts here
page-editor-empty = Drafts for the channel come here
page-channel-empty = The first posts are on their way
page-group-empty = Mention the bot to ask it in front of everybody
page-today = Today
page-yesterday = Yesterday
page-draft = An answer is being written
page-inline-searching = Looking for an answer…
page-inline-nothing = No answer was found
page-inline-results = Answers of the bot: choose one to send
page-inline-hint = Type a question, and its answer can be sent to this chat
page-via = via
page-joined = joined the group
page-left = left the group
page-not-sent = Not sent: there is no connection. Please try again.
page-no-content = A message that cannot be shown here
page-scroll-down = Down to the last message
page-unread = Unread
page-ok = OK
page-no-chat-found = There is no such chat

# Whoever runs the bot is told once that something is wrong and once that it is over.
fault-search-down =
    The search is not responding, so new questions get no answers. Please check the network connection, and SEARXNG_URL if it is set. If it comes back by itself, there is nothing more to do.
    Details: { $details }
fault-search-down-over = The search works again. It was down for { $lasted }.
fault-model-key =
    The model refuses its key, so quotes take the place of its answers. Please check OPENAI_API_KEY: it may have expired or been revoked.
    Details: { $details }
fault-model-key-over = The model accepts its key again. It refused it for { $lasted }.
fault-model-balance =
    The model’s account has run out of money, so quotes take the place of its answers. Please top it up where OPENAI_API_KEY was issued.
    Details: { $details }
fault-model-balance-over = The model answers again: its account has money. It was silent for { $lasted }.
fault-model-down =
    The model does not respond, so quotes take the place of its answers. If this lasts, please check OPENAI_BASE_URL and OPENAI_MODEL.
    Details: { $details }
fault-model-down-over = The model responds again. It was silent for { $lasted }.
fault-embeddings-down =
    The embeddings server does not respond, so pages are ranked by words alone and not by meaning. Please check EMBEDDINGS_BASE_URL, EMBEDDINGS_MODEL and EMBEDDINGS_API_KEY.
    Details: { $details }
fault-embeddings-down-over = The embeddings server responds again. It was silent for { $lasted }.
fault-index-not-read =
    The index cannot be read: answers come only from pages read at that moment. Please check the folder DATA_DIR and restart the bot.
    Details: { $details }
fault-index-not-read-over = The index can be read again. It could not for { $lasted }.
fault-index-not-written =
    Pages that are read cannot be kept in the index. Please check that the disk has room and that the folder DATA_DIR can be written.
    Details: { $details }
fault-index-not-written-over = Pages are kept in the index again. They were not for { $lasted }.
fault-disk-low =
    The disk that holds DATA_DIR is almost full. Please make room, or the bot will stop storing questions and answering them.
    Details: { $details }
fault-disk-low-over = The disk has enough room again. It was short of it for { $lasted }.
fault-other-instance =
    Another program is running with this BOT_TOKEN and takes some of the questions. Please stop it, or get a new token from @BotFather.
    Details: { $details }
fault-other-instance-over = The other program with this BOT_TOKEN is gone. It was there for { $lasted }.
fault-leftover-webhook =
    A webhook is set for this BOT_TOKEN, and while it is, no questions come here. The bot removes it when it starts; if it comes back, another program sets it: please stop that program, or set WEBHOOK_URL here.
    Details: { $details }
fault-leftover-webhook-over = The webhook is gone and questions come here again. They did not for { $lasted }.
fault-channel =
    A post did not get into the channel, and the queue waits. Check that the bot is an admin of the channel with the right to post, and that CHANNEL_ID is right. I will try again myself.
    Details: { $details }
fault-channel-over = Posts get into the channel again. They did not for { $lasted }.
lasted-moment = less than a minute
lasted-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
lasted-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
lasted-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }

# Files that people send into a chat.
live-reading-file =
    { $files ->
        [one] Reading the file…
       *[other] Reading the files…
    }
file-ask = Ask away: reply to this message, or say “in the file”, and I will answer from it and say where it stands.
files-ask = Ask away: reply to this message, or say “in the files”, and I will answer from them and say where it stands.
file-fragment = fragment
file-known = I have read this file before.
file-misnamed = Its name says otherwise, but inside it is: { $kind }.
file-in-part = It is long: I have read only its beginning.
file-in-part-page = It is long: I have read as far as page { $read } of { $of }.
file-in-part-line = It is long: I have read the first { $read } lines of { $of }.
file-gone =
    { $count ->
        [one] I have forgotten the oldest file, { $names }: I keep up to 20 files and 100 MB a chat.
       *[other] I have forgotten the oldest files: { $names }. I keep up to 20 files and 100 MB a chat.
    }
file-kind-pdf = PDF
file-kind-html = web page
file-kind-markdown = Markdown
file-kind-json = JSON
file-kind-table = table
file-kind-code = code
file-kind-text = text
file-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
file-lines =
    { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }
file-passages =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
file-empty = The file is empty: there is nothing to read in it.
file-too-big = The file is larger than 20 MB, and Telegram does not hand such files to bots. Send it in parts, or only the pages that matter.
file-encrypted = The file is locked with a password. Send it without one and I will read it.
file-scanned = This looks like a scan: the file holds pictures and no text. Run it through text recognition and send it again.
file-damaged = The file is damaged and could not be opened. Send it again, or save it anew.
file-too-complex = The file is too complex to be read as a whole. Send the part that matters.
file-no-text = There is no text in the file.
file-no-encoding = I could not tell the encoding of the text. Save the file as UTF-8 and send it again.
file-busy = I am reading too many files at once. Send it again in a minute.
file-unavailable = The file did not come through: the connection to Telegram broke off. Please send it again.
file-failed = Something broke on my side and the file could not be read. Please try again a little later.
file-unsupported-picture = This is a picture, and I can read only text: PDF, TXT, MD, HTML, JSON, CSV and source code.
file-unsupported-sound = This is sound or video, and I can read only text: PDF, TXT, MD, HTML, JSON, CSV and source code.
file-unsupported-archive = This is an archive. Unpack it and send the files one by one: PDF, TXT, MD, HTML, JSON, CSV, source code.
file-unsupported-office = I do not read files of office programs. Save it as PDF and send it again.
file-unsupported-binary = This is not text. I can read PDF, TXT, MD, HTML, JSON, CSV and source code.
button-file-summary = What is this file about?
button-file-outline = What is in this code?
button-file-explain = Explain
button-file-tests = Tests
button-file-documentation = Documentation
button-file-refactor = Refactor
file-wish-summary = What is this file about?
file-wish-outline = What is in this code?
file-wish-explain = Explain this code
file-wish-tests = Write tests for this code
file-wish-documentation = Write documentation for this code
file-wish-refactor = Suggest how to improve this code

# Why a page of a source was not read. For an admin.
page-reason-wait = the site asks to wait
page-reason-gone = the page is gone
page-reason-refused = the site refuses
page-reason-server = the site is broken (code { $status })
page-reason-status = the site refused (code { $status })
page-reason-slow = the page took too long
page-reason-no-host = there is no such site
page-reason-certificate = the site's certificate does not hold
page-reason-unreachable = the site cannot be reached
page-reason-robots = forbidden by robots.txt
page-reason-browser = it opens in a browser only
page-reason-too-large = it is too large
page-reason-scanned = a PDF of pictures, without text
page-reason-encrypted = a PDF with a password
page-reason-damaged = its content is damaged
page-reason-no-text = there is no text on the page
page-reason-unsupported = not a kind of content that is read
page-reason-not-allowed = such an address must not be read
page-reason-redirects = its redirects go in circles

# What could not be read of a source, or was left out. For an admin.
source-note-pages = not all pages were read, only the first { $count }
source-note-sitemaps = not all sitemaps were read, only the first { $count }
source-note-listed = the sitemap lists { $listed } addresses, the first { $count } were read
source-note-list-cut = GitHub gave only a part of the list of files
source-note-left-out = left out: { $what } ({ $reason })
source-note-by-words = embeddings were not to be had: new pages are found by words for now
source-note-nothing = none of the pages could be read
source-note-not-indexed = it could not be written into the index, the log says more
source-note-not-read = { $what }: { $reason }
source-note-no-sitemap = { $what } is no sitemap
source-note-no-feed = { $what } is no RSS or Atom feed
source-note-no-posts = { $what } shows no posts: the channel is private or empty
source-note-no-repository = { $what } leads to no repository
source-note-broken-list = the list of files of { $what } cannot be read

# The digest in a terminal.
digest-collecting = Collecting what is new…
digest-count = { $count ->
    [0] Nothing is new.
    [one] { $count } post.
   *[other] { $count } posts.
}
digest-waiting = Waiting for their turn: { $count }.
digest-not-written = Not written: { $title }
digest-unmatched = Nothing matches these topics and words: { $words }

# The digest: drafts, and what admins do with them.
digest-today = today at { $time }
digest-tomorrow = tomorrow at { $time }
digest-yesterday = yesterday at { $time }
digest-on-date = { $date } at { $time }
digest-card-draft = A draft for the channel
digest-card-list = A list for the channel
digest-card-why = Why it was chosen: { $reasons }.
digest-card-refused = Telegram did not take it: { $words }
digest-card-unread = Not read: { $page } ({ $reason }).
digest-card-sources = What it rests on
digest-card-due = On its way to the channel…
digest-card-scheduled = It goes out { $when }.
digest-card-sending = It is being sent to the channel…
digest-card-unknown = I do not know whether this post went out
digest-card-not-found = Telegram did not answer. I looked in the channel: it is not among the newest posts. I will not send it again by myself.
digest-card-not-looked = Telegram did not answer, and I could not look in the channel. Please check yourself: I will not send it again by myself.
digest-card-published = It went out { $when }.
digest-card-renewed = There is news since: above is what the post would say by now.
digest-card-skipped = Skipped.
digest-card-by = Decided by { $name }.
digest-card-by-itself = Nobody had to decide.
digest-why-topic = topic “{ $topic }”
digest-why-include = has the word “{ $word }”
digest-why-downloads = { $count ->
    [one] { $count } download in a month
   *[other] { $count } downloads in a month
    }
digest-why-likes = { $count ->
    [one] { $count } like
   *[other] { $count } likes
    }
digest-why-upvotes = { $count ->
    [one] { $count } vote for the paper
   *[other] { $count } votes for the paper
    }
digest-why-stars = { $count ->
    [one] { $count } star
   *[other] { $count } stars
    }
digest-why-more-downloads = { $count ->
    [one] { $count } download more in { $hours } h
   *[other] { $count } downloads more in { $hours } h
    }
digest-why-more-likes = { $count ->
    [one] { $count } like more in { $hours } h
   *[other] { $count } likes more in { $hours } h
    }
digest-why-more-upvotes = { $count ->
    [one] { $count } vote more in { $hours } h
   *[other] { $count } votes more in { $hours } h
    }
digest-why-more-stars = { $count ->
    [one] { $count } star more in { $hours } h
   *[other] { $count } stars more in { $hours } h
    }
digest-why-feed = an entry of a feed
digest-why-post = a post: { $publisher }
digest-why-watched = a new version of { $repository }
digest-why-places = { $count ->
    [one] in { $count } place
   *[other] in { $count } places
    }
button-publish = ✅ Publish
button-edit = ✏️ Edit
button-new-text = New text
button-instruct = Tell the model
button-opinion = + opinion
button-opinion-other = Another opinion
button-no-opinion = No opinion
button-later = 🕗 Later
button-tonight = Tonight
button-tomorrow = Tomorrow morning
button-pick-time = Pick a time
button-back = ← Back
button-skip = 🗑 Skip
button-now = Now
button-undo = ↩️ Undo
button-restore = ↩️ Restore
button-open-post = Open
button-arrived = It is in the channel
button-send-again = Send it again
button-drop = Do not send
button-renew = Update the post
button-keep = Leave it
digest-admins-only = This is for the channel's admins.
digest-post-gone = There is no such post any more.
digest-draft-changed = The draft has changed: see what it says now.
digest-decided = It is decided already.
digest-decided-by = Decided already by { $name }.
digest-undo-late = That could be undone for ten minutes.
digest-undo-failed = Telegram did not let me take the post out of the channel. Please delete it there yourself.
digest-renew-failed = The post could not be updated, please try again later.
digest-renew-gone = That post is not in the channel any more.
digest-ask-text = Send the new text as a reply to this message. I check figures and names against the sources again, and set the links below myself.
digest-ask-instruction = Reply to this message with what to change. For example: “shorter”, “begin with the price”.
digest-ask-opinion = Send the opinion as a reply to this message: it goes before the links as it is, unchecked.
digest-ask-time = When? Reply to this message: “25 Nov 14:30”, “tomorrow at 9” or “in 2 hours”.
digest-time-unread = I did not understand the time, or it has passed. For example: “25 Nov 14:30”, “tomorrow at 9”, “in 2 hours”.
digest-edit-empty = The reply has no text, so nothing was changed.
digest-edit-long = Too long: { $count } characters, and a post on Telegram takes { $most }. Nothing was changed.
digest-edit-checking = Checking it against the sources…
digest-edit-failed = It could not be checked against the sources, so nothing was changed. Please try again.
digest-edit-no-list = A list can be changed in the channel only, once it is out.
digest-model-failed = The model did not answer, so nothing was changed.

# The digest: /digest, and drafts made of messages.
command-digest = the channel's digest
digest-title = The digest of { $channel }
digest-runs = I am looking for what is new.
digest-paused = Rounds are paused. What is approved goes out.
digest-resumed = Rounds are held by the clock again.
digest-next = The next round: { $when }.
digest-last = The last round: { $when }.
digest-queue-count = { $count ->
    [0] There are no drafts.
    [one] { $count } draft waits to be decided on.
   *[other] { $count } drafts wait to be decided on.
    }
digest-unknown-count = Not known whether they went out: { $count }.
digest-sources = Sources
digest-sources-unread = None has been read yet.
digest-source-never = never read so far
digest-source-read = { $count ->
    [one] read { $when }, { $count } entry
   *[other] read { $when }, { $count } entries
    }
digest-fault-unreachable = does not answer
digest-fault-timeout = takes too long to answer
digest-fault-rate-limited = asks to wait
digest-fault-refused = refuses: check its key and the settings
digest-fault-missing = there is nothing at this address
digest-fault-failed = is broken and answers with an error
digest-fault-unreadable = sent something else than was expected
digest-fault-too-large = sent too much
digest-fault-forbidden-by-robots = asks robots not to read it
digest-fault-unknown = was not read, see the log
digest-brought = { $count ->
    [one] { $count } new draft.
   *[other] { $count } new drafts.
    }
digest-brought-renewed = Earlier ones brought up to date: { $count }.
digest-learned = { $count ->
    [one] I have learned { $count } entry that is there already. What is new comes from the next time on.
   *[other] I have learned { $count } entries that are there already. What is new comes from the next time on.
    }
digest-nothing-new = There is nothing new for the channel.
digest-failed = The round failed, see the log.
digest-history = What went out and what was skipped
digest-history-empty = Nothing so far.
digest-queue-empty = There are no drafts.
digest-list-empty = Nothing went out to the channel in that time.
digest-usage = /digest shows how things stand. With one word after it: now, pause, resume, queue, history, list day, list week.
button-digest-now = 🔄 Look now
button-digest-pause = ⏸ Pause
button-digest-resume = ▶️ Resume
button-digest-queue = Queue
button-digest-history = History
button-list-day = List of the day
button-list-week = List of the week
digest-drafting = Reading it to make a draft for the channel…
digest-message-drafted = Done, the draft is below.
digest-message-nothing = There is nothing in it to write a post of.
digest-message-unreadable = It could not be read, and the message itself says too little for a post.
digest-message-failed = No draft came of it, please try again.
digest-known-draft = There is a draft of this already: { $title }
digest-known-approved = This is waiting to go out already: { $title }
digest-known-sending = This is on its way to the channel: { $title }
digest-known-unknown = There is a post of this, and it is not known whether it went out: { $title }
digest-known-published = This was in the channel already: { $title }
digest-known-skipped = This was skipped already: { $title }
digest-off = No channel is set. Make the bot an admin of a channel with the right to post, put CHANNEL_ID into the settings and start it again.
digest-queued = They are in the queue: the bot puts them before the admins.

# Questions about a post of the channel.
post-asked = Ask about
post-asked-how = I answer from the sources of this post.
post-not-there = This post is not in the channel any more. Ask anything: I search the web.
post-left = All right, from now on I search the whole web.
post-beyond = The sources of the post do not answer this, so I searched the whole web.
button-leave-post = Another topic
