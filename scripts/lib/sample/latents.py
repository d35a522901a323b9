"""Hidden monthly states of every account, and the signal drivers that hang on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.lib.sample.config import INDUSTRIES, SIGNALS, Signal, WorldConfig
from scripts.lib.sample.frames import Bools, Floats, Ints, Streams

ADOPTION, SERVICE, RELATIONSHIP, FINANCE = range(4)


@dataclass(frozen=True)
class Latents:
    """States by kind, account and month; the first `burn_in` months precede the window."""

    states: Floats  # (4, accounts, burn_in + months)
    champion_loss: Bools  # (accounts, months)
    new_use_case: Bools
    budget_cut: Bools
    burn_in: int
    unobserved: Floats  # fixed leaning to leave that no signal shows

    def at(self, month: int) -> Floats:
        """States of all accounts in a month of the window (or just before it)."""
        out: Floats = self.states[:, :, max(0, month + self.burn_in)]
        return out

    def window(self) -> Floats:
        """States of the window only."""
        return self.states[:, :, self.burn_in :]


def shift_month(config: WorldConfig) -> int:
    """Month from which the shift world declines."""
    return min(config.latents.shift_month, config.months * 2 // 3)


def _innovation_factor(correlations: tuple[float, ...]) -> Floats:
    ar, sr, as_, fa, fs, fr = correlations
    matrix = np.array(
        [[1, as_, ar, fa], [as_, 1, sr, fs], [ar, sr, 1, fr], [fa, fs, fr, 1]], dtype=np.float64
    )
    return np.linalg.cholesky(matrix).astype(np.float64)


def _mix(factor: Floats, noise: Floats) -> Floats:
    """Correlate noise without a threaded matrix product, so that bytes never vary."""
    out = np.zeros_like(noise)
    for row in range(4):
        for col in range(row + 1):
            out[row] += factor[row, col] * noise[col]
    return out


def simulate(config: WorldConfig, streams: Streams, segment: Ints, industry: Ints) -> Latents:
    """Ornstein-Uhlenbeck states with jumps, common outages and industry shocks."""
    c = config.latents
    n, total = len(segment), config.months + c.burn_in
    rng = streams.get("latents")
    factor = _innovation_factor(c.correlations)
    means = c.mean_sd * _mix(factor, rng.standard_normal((4, n)))
    means[RELATIONSHIP] += np.asarray(c.segment_relationship)[segment]
    state = means + c.stationary_sd * _mix(factor, rng.standard_normal((4, n)))
    step_sd = c.stationary_sd * np.sqrt(1 - (1 - c.reversion) ** 2)
    shock = c.industry_sd * rng.standard_normal(len(INDUSTRIES))
    shift_from = shift_month(config) + c.burn_in if config.world == "shift" else total
    shift = c.shift_size * np.hypot(c.stationary_sd, c.mean_sd)

    states = np.empty((4, n, total))
    jumps = np.zeros((3, n, total), dtype=bool)
    for t in range(total):
        state = state + c.reversion * (means - state)
        state = state + step_sd * _mix(factor, rng.standard_normal((4, n)))
        draws = rng.random((4, n))
        jumps[0, :, t] = draws[0] < c.champion_loss[0]
        jumps[1, :, t] = draws[1] < c.new_use_case[0]
        jumps[2, :, t] = draws[2] < c.budget_cut[0]
        state[RELATIONSHIP] += c.champion_loss[1] * jumps[0, :, t]
        state[ADOPTION] += c.new_use_case[1] * jumps[1, :, t]
        state[FINANCE] += c.budget_cut[1] * jumps[2, :, t]
        state[ADOPTION] += c.budget_cut[2] * jumps[2, :, t]
        if rng.random() < c.outage_month:
            state[SERVICE] += c.outage_jump * (draws[3] < c.outage_reach)
        innovation = rng.standard_normal(len(INDUSTRIES))
        spread = c.industry_sd * np.sqrt(1 - c.industry_memory**2)
        shock = c.industry_memory * shock + spread * innovation
        seen = state.copy()
        seen[FINANCE] += shock[industry]
        states[:, :, t] = seen + (shift if t >= shift_from else 0.0)

    inside = jumps[:, :, c.burn_in :]
    return Latents(
        states=states,
        champion_loss=inside[0],
        new_use_case=inside[1],
        budget_cut=inside[2],
        burn_in=c.burn_in,
        unobserved=config.churn.unobserved_sd * rng.standard_normal(n),
    )


def value(config: WorldConfig, z: Floats) -> Floats:
    """Value that an account finds in staying; zero for everybody in the null world."""
    if config.world == "null":
        return np.zeros(z.shape[1:])
    c = config.churn
    adoption, service, relationship, finance = z
    wa, ws, wr, wf = c.value_weights
    linear = wa * adoption + ws * service + wr * relationship + wf * finance
    weakest = c.value_min * np.minimum(adoption, service)
    broken = c.value_breakdown * np.square(np.maximum(0.0, -relationship - 1.0))
    out: Floats = linear + weakest - broken
    return out


def drivers(config: WorldConfig, streams: Streams, latents: Latents) -> dict[str, Floats]:
    """Driver of each signal, accounts x months."""
    return {
        name: _driver(signal, config, streams.get(f"driver.{name}"), latents)
        for name, signal in SIGNALS.items()
    }


def _driver(
    signal: Signal, config: WorldConfig, rng: np.random.Generator, latents: Latents
) -> Floats:
    n = latents.states.shape[1]
    bias = config.latents.bias_sd * rng.standard_normal(n)
    noise = signal.noise * rng.standard_normal(n)
    spread = signal.noise * np.sqrt(1 - signal.memory**2)
    out = np.empty((n, config.months))
    pace = latents.at(-latents.burn_in)
    for month in range(-latents.burn_in, config.months):
        pace = signal.inertia * pace + (1 - signal.inertia) * latents.at(month - signal.lag)
        if month < 0:
            continue
        adoption, service, relationship, finance = pace
        noise = signal.memory * noise + spread * rng.standard_normal(n)
        out[:, month] = (
            signal.adoption * adoption
            + signal.service * service
            + signal.relationship * relationship
            + signal.finance * finance
            + noise
            + bias
        )
    return out
