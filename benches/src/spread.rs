//! Sizes spread as those of real devices are: many small, few very large.

/// Returns `count` ascending values with the given median, mean and greatest value: quantiles of a log-logistic
/// distribution, cut at `greatest`, whose shape is chosen so that the mean comes out.
pub fn spread(count: usize, median: f64, mean: f64, greatest: f64) -> Vec<u64> {
    let (mut heavy, mut light) = (0.2, 20.0);
    for _ in 0..60 {
        let shape = f64::midpoint(heavy, light);
        let values = quantiles(count, median, greatest, shape);
        let found = values.iter().sum::<f64>() / number(count);
        if found > mean { heavy = shape } else { light = shape }
    }
    quantiles(count, median, greatest, light).into_iter().map(whole).collect()
}

fn quantiles(count: usize, median: f64, greatest: f64, shape: f64) -> Vec<f64> {
    let quantile = |rank: usize| {
        let part = (number(rank) + 0.5) / number(count);
        (median * (part / (1.0 - part)).powf(1.0 / shape)).min(greatest)
    };
    (0..count).map(quantile).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
const fn number(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive and bounded by the greatest value"
)]
const fn whole(value: f64) -> u64 {
    value as u64
}
