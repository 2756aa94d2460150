package dev.kiln.lstm;

/**
 * How far forecasts of one variable are off, in its own units.
 *
 * @param mse mean squared error
 * @param mae mean absolute error
 * @param smape symmetric mean absolute percentage error: 200 mean(|p - t| / (|p| + |t|)), 0 to 200
 * @param rmse root of {@code mse}
 */
public record Metrics(double mse, double mae, double smape, double rmse) {}
