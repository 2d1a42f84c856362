namespace Loa.Calendar;

/// <summary>
/// Where the Sun stands: its apparent longitude by the series VSOP87 of Bretagnon and Francou as Jean Meeus cuts it (Astronomical
/// Algorithms, 2nd edition, chapter 25 and appendix III), with the greater terms of nutation (chapter 22): right within some
/// arc seconds, so a solar term within two minutes.
/// </summary>
static class Sun
{
    const double J2000 = 2451545;
    const double DegreesOfRadian = 180 / Math.PI;
    const double DegreesADay = 360 / 365.242190;
    const double ArcSecond = 1.0 / 3600;

    // Amplitude in 1e-8 radians, phase, and radians a thousand years.
    static readonly (double Amplitude, double Phase, double Rate)[] even =
    [
        (175347046, 0, 0),
        (3341656, 4.6692568, 6283.0758500),
        (34894, 4.62610, 12566.15170),
        (3497, 2.7441, 5753.3849),
        (3418, 2.8289, 3.5231),
        (3136, 3.6277, 77713.7715),
        (2676, 4.4181, 7860.4194),
        (2343, 6.1352, 3930.2097),
        (1324, 0.7425, 11506.7698),
        (1273, 2.0371, 529.6910),
        (1199, 1.1096, 1577.3435),
        (990, 5.233, 5884.927),
        (902, 2.045, 26.298),
        (857, 3.508, 398.149),
        (780, 1.179, 5223.694),
        (753, 2.533, 5507.553),
        (505, 4.583, 18849.228),
        (492, 4.205, 775.523),
        (357, 2.920, 0.067),
        (317, 5.849, 11790.629),
        (284, 1.899, 796.298),
        (271, 0.315, 10977.079),
        (243, 0.345, 5486.778),
        (206, 4.806, 2544.314),
        (205, 1.869, 5573.143),
        (202, 2.458, 6069.777),
        (156, 0.833, 213.299),
        (132, 3.411, 2942.463),
        (126, 1.083, 20.775),
        (115, 0.645, 0.980),
        (103, 0.636, 4694.003),
        (102, 0.976, 15720.839),
        (102, 4.267, 7.114),
    ];

    static readonly (double Amplitude, double Phase, double Rate)[] linear =
    [
        (628331966747, 0, 0),
        (206059, 2.678235, 6283.075850),
        (4303, 2.6351, 12566.1517),
        (425, 1.590, 3.523),
        (119, 5.796, 26.298),
        (109, 2.966, 1577.344),
        (93, 2.59, 18849.23),
        (72, 1.14, 529.69),
        (68, 1.87, 398.15),
        (67, 4.41, 5507.55),
    ];

    static readonly (double Amplitude, double Phase, double Rate)[] square =
    [
        (52919, 0, 0),
        (8720, 1.0721, 6283.0758),
        (309, 0.867, 12566.152),
    ];

    /// <summary>The apparent longitude of the Sun in degrees, from 0 and below 360.</summary>
    /// <param name="julianDay">In universal time.</param>
    public static double Longitude(double julianDay)
    {
        var t = (UniversalTime.Dynamical(julianDay) - J2000) / 365_250;
        var earth = (Sum(even, t) + Sum(linear, t) * t + Sum(square, t) * t * t) * 1e-8 * DegreesOfRadian;
        return Angle.Within(earth + 180 + Aberration(t) + Nutation(t * 10) - 0.09033 * ArcSecond);
    }

    /// <summary>When the Sun reaches a longitude, near a moment.</summary>
    public static double Reaches(double degrees, double near)
    {
        var at = near;
        for (var i = 0; i < 6; i++)
        {
            var off = Angle.Within(degrees - Longitude(at) + 180) - 180;
            at += off / DegreesADay;
        }
        return at;
    }

    // Light takes its time; the nearer the Earth, the faster it flies.
    static double Aberration(double t) =>
        -20.4898 * ArcSecond / (1.000140 + 0.016707 * Math.Cos(3.09846 + 6283.07585 * t));

    static double Nutation(double centuries)
    {
        var node = 125.04452 - 1934.136261 * centuries;
        var sun = 280.4665 + 36000.7698 * centuries;
        var moon = 218.3165 + 481267.8813 * centuries;
        return (
                -17.20 * Angle.Sine(node)
                - 1.32 * Angle.Sine(2 * sun)
                - 0.23 * Angle.Sine(2 * moon)
                + 0.21 * Angle.Sine(2 * node)
            ) * ArcSecond;
    }

    static double Sum((double Amplitude, double Phase, double Rate)[] terms, double t)
    {
        var sum = 0.0;
        foreach (var (amplitude, phase, rate) in terms)
            sum += amplitude * Math.Cos(phase + rate * t);
        return sum;
    }
}
