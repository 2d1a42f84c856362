namespace Loa.Calendar;

/// <summary>
/// When the Moon is new: Jean Meeus, Astronomical Algorithms, 2nd edition, chapter 49, with all its terms; right within some
/// seconds in our centuries.
/// </summary>
static class Moon
{
    const double MeanMonth = 29.530588861;
    const double FirstNewMoonOf2000 = 2451550.09766;

    // Factor, power of the eccentricity E, and multiples of the Sun's anomaly M, the Moon's M' and its distance from the node F.
    static readonly (double Days, int E, int Sun, int Moon, int Node)[] periodic =
    [
        (-0.40720, 0, 0, 1, 0),
        (0.17241, 1, 1, 0, 0),
        (0.01608, 0, 0, 2, 0),
        (0.01039, 0, 0, 0, 2),
        (0.00739, 1, -1, 1, 0),
        (-0.00514, 1, 1, 1, 0),
        (0.00208, 2, 2, 0, 0),
        (-0.00111, 0, 0, 1, -2),
        (-0.00057, 0, 0, 1, 2),
        (0.00056, 1, 1, 2, 0),
        (-0.00042, 0, 0, 3, 0),
        (0.00042, 1, 1, 0, 2),
        (0.00038, 1, 1, 0, -2),
        (-0.00024, 1, -1, 2, 0),
        (-0.00007, 0, 2, 1, 0),
        (0.00004, 0, 0, 2, -2),
        (0.00004, 0, 3, 0, 0),
        (0.00003, 0, 1, 1, -2),
        (0.00003, 0, 0, 2, 2),
        (-0.00003, 0, 1, 1, 2),
        (0.00003, 0, -1, 1, 2),
        (-0.00002, 0, -1, 1, -2),
        (-0.00002, 0, 1, 3, 0),
        (0.00002, 0, 0, 4, 0),
    ];

    // What the planets do: the argument at the first new moon of 2000, its step a month, its square in centuries, and the factor.
    static readonly (double At, double Step, double Square, double Days)[] planetary =
    [
        (299.77, 0.107408, -0.009173, 0.000325),
        (251.88, 0.016321, 0, 0.000165),
        (251.83, 26.651886, 0, 0.000164),
        (349.42, 36.412478, 0, 0.000126),
        (84.66, 18.206239, 0, 0.000110),
        (141.74, 53.303771, 0, 0.000062),
        (207.14, 2.453732, 0, 0.000060),
        (154.84, 7.306860, 0, 0.000056),
        (34.52, 27.261239, 0, 0.000047),
        (207.19, 0.121824, 0, 0.000042),
        (291.34, 1.844379, 0, 0.000040),
        (161.72, 24.198154, 0, 0.000037),
        (239.56, 25.513099, 0, 0.000035),
        (331.55, 3.592518, 0, 0.000023),
    ];

    /// <summary>The number of the new moon at or shortly before a moment, counted from the first of 2000; at most one too high or low.</summary>
    public static int Number(double julianDay) => (int)Math.Floor((julianDay - FirstNewMoonOf2000) / MeanMonth);

    /// <summary>The moment of a new moon: the Julian day in universal time.</summary>
    public static double New(int number)
    {
        double k = number;
        var t = k / 1236.85;
        var (t2, t3, t4) = (t * t, t * t * t, t * t * t * t);
        var mean = FirstNewMoonOf2000 + MeanMonth * k + 0.00015437 * t2 - 0.000000150 * t3 + 0.00000000073 * t4;
        var eccentricity = 1 - 0.002516 * t - 0.0000074 * t2;
        var sun = 2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3;
        var moon = 201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3 - 0.000000058 * t4;
        var node = 160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3 + 0.000000011 * t4;
        var ascending = 124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3;

        var shift = -0.00017 * Angle.Sine(ascending);
        foreach (var term in periodic)
            shift +=
                term.Days
                * Math.Pow(eccentricity, term.E)
                * Angle.Sine(term.Sun * sun + term.Moon * moon + term.Node * node);
        foreach (var (at, step, square, days) in planetary)
            shift += days * Angle.Sine(at + step * k + square * t2);
        return UniversalTime.Of(mean + shift);
    }
}
