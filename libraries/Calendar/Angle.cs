namespace Loa.Calendar;

/// <summary>Angles as astronomers' series have them: in degrees, of any size.</summary>
static class Angle
{
    const double RadiansOfDegree = Math.PI / 180;

    public static double Sine(double degrees) => Math.Sin(Within(degrees) * RadiansOfDegree);

    /// <summary>The same direction, from 0 and below 360.</summary>
    public static double Within(double degrees)
    {
        var rest = degrees % 360;
        return rest < 0 ? rest + 360 : rest;
    }
}
