package dev.kiln.lstm;

import java.util.Map;

/**
 * Forecasts against what came, for each variable by its name.
 *
 * @param metrics of the network
 * @param persistence of saying that the last value stays, on the same rows: what a network has to beat
 * @param forecasts how many rows were compared
 */
public record Evaluation(Map<String, Metrics> metrics, Map<String, Metrics> persistence, int forecasts) {}
