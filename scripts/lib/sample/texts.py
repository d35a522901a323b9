"""Customer texts from sentiment-graded parts with domain words."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.frames import Floats, join_text, pick

# grades from very unhappy to very happy; each text is opening + subject + closing
OPENINGS = (
    (
        "This is unacceptable.",
        "We are extremely frustrated.",
        "I am very angry about this.",
        "This has been a terrible experience.",
        "We have completely lost patience.",
    ),
    (
        "We are disappointed.",
        "This is a serious problem for us.",
        "I am unhappy with this.",
        "This keeps failing for us.",
        "It is annoying to report this again.",
    ),
    (
        "We still have a problem.",
        "This is not what we expected.",
        "Something is wrong here.",
        "Unfortunately this is not working well.",
        "There is an issue again.",
    ),
    (
        "Hello team.",
        "Quick note from our side.",
        "Good morning.",
        "We have a question.",
        "Writing about our workspace.",
    ),
    (
        "Thanks for looking at this.",
        "Hi, hope you are well.",
        "We appreciate the help.",
        "Good progress on our side.",
        "Thanks for the quick answer.",
    ),
    (
        "The team is happy with the progress.",
        "Great support so far.",
        "We like the new release.",
        "Very helpful answer last time.",
        "This works well for us now.",
    ),
    (
        "We love the product.",
        "Excellent work, thank you so much!",
        "Fantastic support as always.",
        "This is the best tool that we have used.",
        "Brilliant, everybody here is delighted.",
    ),
)
SUBJECTS = (
    "The export to csv stops with error 504.",
    "The dashboard shows yesterday's numbers.",
    "A critical ticket of ours is about the nightly sync.",
    "The api returns a timeout.",
    "We want to kill a running job in the scheduler.",
    "Two users cannot log in with sso.",
    "The report for the finance team needs another column.",
    "The import of records is slow.",
    "We need an invoice with our purchase order number.",
    "The workflow stopped after the update.",
    "Permissions for a new team lead are missing.",
    "The search does not find older records.",
    "We plan to roll this out to a second department.",
    "The integration asks for a new token.",
    "Notifications arrive twice.",
    "The bulk edit screen is blank.",
)
CLOSINGS = (
    (
        "Fix this today or we leave.",
        "We are wasting hours and this is a disaster.",
        "My management is furious.",
        "This is hurting our business badly.",
    ),
    (
        "We cannot work like this.",
        "Please escalate, this is bad.",
        "We are losing trust.",
        "This was a poor answer.",
    ),
    (
        "Please check again.",
        "It would be sad to stop here.",
        "We hoped for better.",
        "The workaround is not good.",
    ),
    ("Please let us know.", "What is the next step?", "Regards.", "Can you have a look?"),
    (
        "Thank you.",
        "Looking forward to the answer.",
        "Nice to work with you.",
        "Thanks in advance.",
    ),
    (
        "Keep up the good work.",
        "That helped us a lot, thanks.",
        "We are pleased.",
        "It saves us time, great.",
    ),
    (
        "You are awesome!",
        "We are really impressed and happy.",
        "Wonderful, thank you all!",
        "We will gladly recommend you.",
    ),
)
FOREIGN = (
    "Guten Tag, der Export bricht seit gestern ab. Bitte um Rückmeldung.",
    "Bonjour, le tableau de bord ne se charge plus depuis la mise à jour.",
    "Buenos días, necesitamos ayuda con la integración.",
    "お世話になっております。レポートが表示されません。",
    "Wir sind mit der neuen Version sehr zufrieden, vielen Dank.",
)
TAILS = (
    "\n\n--\nContact\nOperations\nPhone 555-0100",
    "\n\nOn Monday Support wrote:\n> We are sorry for the terrible failure, a known error.",
    "\n\nSent from my phone",
)
AGENT = (
    "Thank you for reaching out. We are looking into this.",
    "We could reproduce this and have passed it to engineering.",
    "Could you send us a screenshot and the time at which it happened?",
    "A fix has been released. Please try again.",
    "The setting is under Administration, Permissions.",
    "We have updated your workspace. Does it work now?",
)
AUTO_REPLY = "We have received your request. A colleague will answer soon."
TITLES = (
    "Export fails",
    "Dashboard not updating",
    "Nightly sync",
    "API timeout",
    "Running job",
    "Login with SSO",
    "Report columns",
    "Slow import",
    "Invoice details",
    "Workflow stopped",
    "Permissions",
    "Search results",
    "Roll-out question",
    "Integration token",
    "Double notifications",
    "Bulk edit",
)


def customer_texts(
    rng: np.random.Generator, mood: Floats, non_english: float, quoted: float
) -> pl.Series:
    """One text per mood; zero is neutral, one unit is one grade."""
    n = len(mood)
    grade = np.clip(np.rint(3.35 + 0.9 * mood), 0, 6).astype(np.int64)
    per_open, per_close = len(OPENINGS[0]), len(CLOSINGS[0])
    openings = [text for group in OPENINGS for text in group]
    closings = [text for group in CLOSINGS for text in group]
    # the end of a text may be a grade milder than its beginning
    last = np.where(rng.random(n) < 0.4, 3, grade)
    body = join_text(
        pick(openings, grade * per_open + rng.integers(0, per_open, n)),
        " ",
        pick(SUBJECTS, rng.integers(0, len(SUBJECTS), n)),
        " ",
        pick(closings, last * per_close + rng.integers(0, per_close, n)),
        pick(["", *TAILS], np.where(rng.random(n) < quoted, rng.integers(1, 4, n), 0)),
    )
    if n == 0:
        return body
    foreign = rng.random(n) < non_english
    other = pick(FOREIGN, rng.integers(0, len(FOREIGN), n))
    return pl.select(pl.when(pl.Series(foreign)).then(other).otherwise(body)).to_series()
