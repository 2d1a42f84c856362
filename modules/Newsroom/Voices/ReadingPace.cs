namespace Loa.Newsroom.Voices;

/// <summary>How quickly a voice reads; the silence between sentences is no part of it.</summary>
readonly record struct ReadingPace(int SyllablesPerMinute)
{
    // Slower it falls apart, quicker nobody follows it out of a horn.
    public const int Slowest = 120;
    public const int Quickest = 200;

    /// <summary>For the old, and for what has to be written down.</summary>
    public const int Slow = 135;

    public const int Quick = 180;

    /// <summary>Between 150 and 165, where speech out of a horn across a field is still understood.</summary>
    public const int Usual = 157;
}
