"""Every tunable of the sample world in one place, with its meaning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

WorldName = Literal["base", "null", "shift"]
FileFormat = Literal["parquet", "csv"]

SEGMENTS = ("SMB", "Mid-Market", "Enterprise")
INDUSTRIES = ("technology", "finance", "health_care", "manufacturing", "retail", "energy")
TIERS = ("starter", "professional", "enterprise")
MODULES = ("automation", "insights", "vault")
CURRENCIES = ("usd", "eur", "gbp", "jpy")
MINOR_UNITS = (100, 100, 100, 1)
COUNTRIES = ("United States", "Canada", "Germany", "France", "United Kingdom", "Japan")
STATES = ("California", "Ontario", "Bavaria", "Normandy", "Scotland", "Kanto")
COUNTRY_CURRENCY = (0, 0, 1, 1, 2, 3)


@dataclass(frozen=True)
class Signal:
    """How one signal hangs on the hidden states: x = loadings . z(t - lag) + noise + bias.

    Events are counts, and small counts and long windows blur a signal once more. The noise here
    is what remains of the intended noise when that is taken off. The habits of users (utilisation,
    stickiness, breadth) have a long memory: what drifts for months is a habit, and a trend over
    twelve weeks shall show the states and not a coin that is thrown every month.
    """

    adoption: float
    service: float
    relationship: float
    finance: float
    noise: float
    memory: float
    lag: int = 0
    inertia: float = 0.0  # weight of the month before: habits follow the states slowly


SIGNALS: dict[str, Signal] = {
    "utilisation": Signal(1.0, 0, 0.1, 0.1, 0.35, 0.93, inertia=0.4),
    "stickiness": Signal(0.9, 0, 0, 0, 0.25, 0.9, inertia=0.4),
    "breadth": Signal(0.8, 0.1, 0, 0, 0.3, 0.9),
    "recency": Signal(0.45, 0, 0.05, 0, 1.1, 0.3),
    "response": Signal(0, 1.0, 0, 0, 0.6, 0.5),
    "backlog": Signal(0, 1.0, 0, 0, 0.5, 0.5),
    "escalation": Signal(0.1, 0.9, 0.1, 0, 0.6, 0.5),
    "past_due": Signal(0, 0, 0, 1.1, 0.6, 0.6),
    "lateness": Signal(0, 0, 0.05, 1.0, 0.5, 0.8, 1),
    "revenue": Signal(0.5, 0.1, 0.1, 0.4, 0.7, 0.9, 2),
    "nps": Signal(0.4, 0.5, 0.5, 0, 0.6, 0.6),
    "pulse": Signal(0.4, 0.4, 0.7, 0.2, 0.5, 0.6),
    "text": Signal(0.2, 0.7, 0.3, 0, 0.6, 0.4),
    "champion": Signal(0.1, 0.1, 0.9, 0, 0.4, 0.85),
    "multithread": Signal(0.2, 0, 0.9, 0, 0.4, 0.85),
    "review": Signal(0.1, 0, 0.9, 0, 0.6, 0.7),
    "marketing": Signal(0.3, 0, 0.2, 0, 0.8, 0.6),
    "industry": Signal(0, 0, 0, 0.25, 0.9, 0.95),
}


@dataclass(frozen=True)
class LatentConfig:
    """The monthly hidden states: adoption, service, relationship, finance."""

    reversion: float = 0.12  # pull to the account's own mean; half-life 5.4 months
    stationary_sd: float = 0.62  # spread of an account around its own mean
    mean_sd: float = 0.75  # spread of the means between accounts
    segment_relationship: tuple[float, ...] = (-0.25, 0.10, 0.35)
    # correlations of innovations: AR, SR, AS, FA, FS, FR
    correlations: tuple[float, ...] = (0.35, 0.30, 0.25, 0.10, 0.05, 0.10)
    champion_loss: tuple[float, float] = (0.012, -1.4)  # chance a month, jump of relationship
    new_use_case: tuple[float, float] = (0.01, 0.9)  # chance, jump of adoption
    budget_cut: tuple[float, float, float] = (0.006, -1.5, -0.5)  # chance, finance, adoption
    outage_month: float = 0.06  # share of months with a common outage
    outage_reach: float = 0.25  # share of accounts that it hits
    outage_jump: float = -1.1
    industry_memory: float = 0.85  # AR(1) shock on finance by industry
    industry_sd: float = 0.18
    bias_sd: float = 0.20  # fixed account bias of each signal
    shift_size: float = -0.8  # shift world: in total standard deviations, on all states
    shift_month: int = 36  # from this month, or two thirds of the window if that is shorter
    burn_in: int = 6  # months before the window, so that lags have something to read


@dataclass(frozen=True)
class ChurnConfig:
    """Who leaves, when they decide and how it is told."""

    value_weights: tuple[float, ...] = (1.05, 0.55, 0.65, 0.35)
    value_min: float = 0.45  # weight of the weaker of adoption and service
    value_breakdown: float = 0.25  # extra loss when the relationship falls below -1
    renewal_intercept: float = -2.65
    renewal_slope: float = 0.95
    monthly_intercept: float = -4.75
    monthly_slope: float = 0.76
    unobserved_sd: float = 0.5
    # a month: acquired or insolvent, no signal before. One leaver in nine, which bounds what even
    # the hidden states can foretell
    acausal: float = 0.002
    involuntary_floor: float = 0.0015  # a month, small accounts only
    involuntary_scale: float = 0.012
    involuntary_logit: tuple[float, float] = (-2.2, -1.6)
    silent_lapse: float = 0.20  # leave at renewal without a notice
    withdrawn_notice: float = 0.02  # staying accounts that give notice and take it back
    reactivation: float = 0.006  # a month, from the third month after leaving
    backdated: float = 0.03  # cancellations recorded 10-40 days after they took effect


@dataclass(frozen=True)
class AccountConfig:
    """Who the customers are and what they have signed."""

    segment_share: tuple[float, ...] = (0.55, 0.30, 0.15)
    new_per_year: float = 0.20  # new accounts a year as a share of the base
    industry_share: tuple[float, ...] = (0.24, 0.16, 0.15, 0.18, 0.17, 0.10)
    season_amplitude: tuple[float, ...] = (0.06, 0.12, 0.08, 0.10, 0.25, 0.14)
    season_phase: tuple[float, ...] = (2.0, 0.0, 9.0, 4.0, 10.0, 1.0)
    country_share: tuple[float, ...] = (0.46, 0.08, 0.14, 0.10, 0.14, 0.08)
    seats_median: tuple[float, ...] = (8.0, 14.0, 33.0)
    seats_sigma: tuple[float, ...] = (0.55, 0.60, 0.65)
    # contract terms of 1, 12 and 24 months, by segment
    term_share: tuple[tuple[float, ...], ...] = (
        (0.55, 0.45, 0.0),
        (0.05, 0.70, 0.25),
        (0.0, 0.60, 0.40),
    )
    # chance of automatic payment: monthly contracts, longer ones, by segment
    auto_pay: tuple[tuple[float, ...], ...] = ((0.88, 0.50), (0.70, 0.20), (0.30, 0.06))
    auto_renew: float = 0.78
    tier_share: tuple[tuple[float, ...], ...] = (
        (0.60, 0.36, 0.04),
        (0.18, 0.60, 0.22),
        (0.02, 0.33, 0.65),
    )
    negotiated: tuple[float, ...] = (0.35, 0.65, 0.92)  # share below list price
    discount_mean: tuple[float, ...] = (0.12, 0.18, 0.28)
    tech_touch: tuple[float, ...] = (0.78, 0.12, 0.0)
    trial_share: float = 0.05
    test_share: float = 0.02
    trial_first: float = 0.20  # customers whose first 30 days were a trial
    support_entitlement: float = 0.93
    child_share: float = 0.18  # enterprise accounts below a parent
    consumption: tuple[float, ...] = (0.0, 0.16, 0.28)  # with a committed consumption line
    unlimited_seats: float = 0.25  # of those with consumption
    module_start: tuple[float, ...] = (0.06, 0.28, 0.48)  # ownership of each module at start
    contacts_mean: tuple[float, ...] = (3.0, 7.0, 14.0)  # contacts above the first two
    accounts_per_owner: int = 35


@dataclass(frozen=True)
class RevenueConfig:
    """Prices and movements of the contract."""

    list_price: tuple[float, ...] = (28.0, 62.0, 105.0)  # a seat and month, in usd
    module_price: tuple[float, ...] = (60.0, 45.0, 35.0)  # a block and month, in usd
    module_blocks: tuple[int, ...] = (1, 3, 8)  # blocks that an account buys, by segment
    consumption_price: float = 0.12  # a unit, in usd
    rates: tuple[float, ...] = (1.0, 0.92, 0.79, 150.0)  # price of a dollar
    yearly_discount: float = 0.10  # list price of yearly billing
    seat_increase: float = 0.022  # chance a month at x = 0
    seat_increase_slope: float = 0.8
    seat_decrease_monthly: float = 0.010
    seat_decrease_renewal: float = 0.09
    seat_decrease_slope: float = 1.0
    upgrade: float = 0.004
    downgrade_renewal: float = 0.025
    module_add: float = 0.006
    module_drop: float = 0.003
    price_uplift_share: float = 0.35  # of renewals
    price_uplift: tuple[float, float] = (0.02, 0.07)
    tax_rate: tuple[float, ...] = (0.0, 0.19, 0.20, 0.10)
    terms_days: tuple[int, ...] = (14, 30, 45)
    delay_base: float = 4.0  # days late of an average account
    delay_slope: float = 13.0  # days for one unit of finance
    delay_noise: float = 6.0
    stuck_invoice: tuple[float, float] = (-4.1, 1.9)  # logit of a long delay
    stuck_days: float = 38.0
    failed_charge: tuple[float, float] = (-2.7, 1.5)
    retry_success: float = 0.72
    dispute: float = 0.004
    credit: float = 0.015
    refund: float = 0.004
    partial_payment: float = 0.02


@dataclass(frozen=True)
class ProductConfig:
    """How users use the product."""

    month_active: tuple[float, float] = (0.90, 0.70)  # logit of a user active in a month: mean, sd
    activity_slope: float = 1.25  # of utilisation on the logit
    turnover: float = 0.02  # share of the users that changes places in a month: one in four a year
    slot_active: tuple[float, float] = (0.25, 0.70)  # logit of activity in a quarter of a month
    depth: tuple[float, float] = (0.35, 0.60)  # log of further events, slope on stickiness
    depth_shape: float = 4.0  # gamma shape of the events of a user and quarter of a month
    # logit of a silent quarter of a month: about one in seventy. A week without anybody is rare in
    # a living account, and each one bends a trend of twelve weeks whatever the states do
    silence: tuple[float, float] = (-5.0, -1.1)
    ramp: float = 1.3  # loss of a new account's logit in its first weeks
    telemetry_never: float = 0.08
    dark_spell: float = 0.01  # a month
    dark_days: tuple[int, int] = (14, 60)
    bot_accounts: float = 0.25
    bot_events: float = 7.5  # a month for such an account
    employee_events: float = 0.004
    breadth: tuple[float, float] = (0.25, 0.9)  # logit of the used share of features
    weekend: float = 0.18  # weight of a weekend day
    holiday: float = 0.35  # weight of the last week of December
    outage_days: int = 6  # tracking outage for everybody
    outage_at: float = 0.62  # place in the window
    rename_at: float = 0.55  # place in the window at which an event changed its name
    anonymous: float = 0.01


@dataclass(frozen=True)
class SupportConfig:
    """Tickets, replies and ratings."""

    ticket_rate: tuple[float, ...] = (0.14, 0.09, 0.05)  # tickets a seat and month by segment
    service_slope: float = -0.8
    how_to_onboarding: float = 3.0  # factor on tickets in the first 60 days
    severity: tuple[float, ...] = (0.03, 0.14, 0.53, 0.24, 0.06)  # urgent .. low, none
    response_minutes: tuple[float, ...] = (28.0, 110.0, 230.0, 450.0, 240.0)
    response_slope: float = -0.65
    # the same team answers everybody: the spread of one ticket is smaller than that of accounts
    response_noise: float = 0.4
    resolution_hours: tuple[float, ...] = (5.0, 15.0, 30.0, 60.0, 30.0)  # business hours
    resolution_slope: float = -0.7
    resolution_noise: float = 0.45
    reopened: tuple[float, float] = (-2.2, -1.0)
    thanks_reopen: float = 0.03
    pending: float = 0.35
    escalated: tuple[float, float] = (-2.8, -1.1)
    executive: float = 0.10
    auto_reply: float = 0.45
    rated: float = 0.55  # of tickets
    offered: float = 0.20
    good: tuple[float, float] = (1.6, 1.5)


@dataclass(frozen=True)
class EngagementConfig:
    """Contacts, meetings, surveys, campaigns."""

    relationship_missing: float = 0.12  # accounts of owners without activity sync and tags
    smb_relationship_missing: float = 0.25  # small accounts that a pool without them looks after
    pulse_missing: float = 0.25
    pulse_given: float = 0.80  # share of months with a rating
    interactions: tuple[float, ...] = (3.0, 4.5, 8.0)  # a month by segment
    tech_touch_factor: float = 0.70
    meetings: tuple[float, ...] = (0.45, 1.1, 2.0)
    review_days: tuple[int, ...] = (0, 180, 90)  # cadence by segment, 0 is none
    departure: float = 0.006  # background chance a month of a tagged contact leaving
    refill: float = 0.22  # chance a month of a vacant role being filled
    departure_lag: tuple[int, int] = (5, 40)  # days until a departure is recorded
    # small accounts have few contacts: they count only if most are asked and two in five answer
    invited: float = 0.90  # share of contacts invited each quarter
    response_logit: float = -0.5
    response_slope: float = 1.6
    response_leaning: float = 1.6  # spread between contacts: some always answer, some never
    nps: tuple[float, float, float] = (7.6, 1.7, 1.2)  # mean, slope on the signal, noise
    two_way: tuple[float, float] = (0.0, 1.1)  # logit of an interaction that has an answer
    interaction_slope: float = 0.60  # of the relationship signal on the log of interactions
    missed: tuple[float, float] = (-2.2, -1.3)  # logit of a meeting that the customer misses
    review_held: tuple[float, float] = (1.2, 1.7)  # logit of a review that takes place
    departure_slope: float = -0.9  # of the relationship on the log of departures
    bounce: float = 0.02
    campaign_reach: float = 0.50  # chance that a contact gets a mail in a month
    click_logit: float = -2.6
    scanner_accounts: float = 0.06
    opt_out: float = 0.004
    attendance: float = 0.020
    non_english: float = 0.04  # of texts
    quoted: float = 0.12  # of texts with quoted reply or signature


@dataclass(frozen=True)
class DirtConfig:
    """Rates of dirty data; every row that is made dirty is counted."""

    duplicate_accounts: float = 0.015
    merges_per_year: float = 0.005
    late_events: float = 0.02
    late_days: tuple[int, int] = (1, 20)
    duplicate_events: float = 0.005
    future_timestamps: float = 0.0005
    negative_amounts: float = 0.002
    null_seats: float = 0.02
    messy_enums: float = 0.03
    orphan_keys: float = 0.003
    soft_deleted: float = 0.003
    out_of_range: float = 0.001
    before_floor: float = 0.0002
    not_finite: float = 0.002


@dataclass(frozen=True)
class WorldConfig:
    """One sample world."""

    accounts: int = 500
    months: int = 36
    end: dt.date = dt.date(2025, 12, 31)
    seed: int = 7
    world: WorldName = "base"
    latents: LatentConfig = field(default_factory=LatentConfig)
    churn: ChurnConfig = field(default_factory=ChurnConfig)
    account: AccountConfig = field(default_factory=AccountConfig)
    revenue: RevenueConfig = field(default_factory=RevenueConfig)
    product: ProductConfig = field(default_factory=ProductConfig)
    support: SupportConfig = field(default_factory=SupportConfig)
    engagement: EngagementConfig = field(default_factory=EngagementConfig)
    dirt: DirtConfig = field(default_factory=DirtConfig)
