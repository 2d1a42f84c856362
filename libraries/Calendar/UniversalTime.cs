namespace Loa.Calendar;

/// <summary>
/// From the even time of the planets to the time that the turning Earth keeps: the polynomials for ΔT of Fred Espenak and Jean
/// Meeus (Five Millennium Canon of Solar Eclipses, NASA/TP–2006–214141).
/// </summary>
static class UniversalTime
{
    const double J2000 = 2451545;
    const double SecondsOfDay = 86_400;

    public static double Of(double dynamicalDay) => dynamicalDay - Difference(dynamicalDay) / SecondsOfDay;

    public static double Dynamical(double universalDay) => universalDay + Difference(universalDay) / SecondsOfDay;

    static double Difference(double julianDay)
    {
        var year = 2000 + (julianDay - J2000) / 365.25;
        return year switch
        {
            < 1900 => Sum(year - 1860, 7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1.0 / 233174),
            < 1920 => Sum(year - 1900, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197),
            < 1941 => Sum(year - 1920, 21.20, 0.84493, -0.076100, 0.0020936),
            < 1961 => Sum(year - 1950, 29.07, 0.407, -1.0 / 233, 1.0 / 2547),
            < 1986 => Sum(year - 1975, 45.45, 1.067, -1.0 / 260, -1.0 / 718),
            < 2005 => Sum(year - 2000, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599),
            < 2050 => Sum(year - 2000, 62.92, 0.32217, 0.005589),
            _ => Sum((year - 1820) / 100, -20, 0, 32) - 0.5628 * (2150 - year),
        };
    }

    static double Sum(double x, params ReadOnlySpan<double> factors)
    {
        var sum = 0.0;
        for (var i = factors.Length - 1; i >= 0; i--)
            sum = sum * x + factors[i];
        return sum;
    }
}
