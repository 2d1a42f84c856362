namespace Loa.Devices.Health;

/// <summary>One day of one speaker's numbers: in quarters of an hour for a month, then in hours for two years.</summary>
sealed class HealthDay
{
    public required Guid SpeakerId { get; init; }

    /// <summary>The day in Vietnam.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>96 quarters, or 24 hours.</summary>
    public int Slots { get; set; } = DaySeries.Quarters;
    public byte[] Data { get; set; } = [];

    public DaySeries Series => Data.Length == 0 ? DaySeries.Empty(Slots) : DaySeries.Unpack(Slots, Data);
}

/// <summary>What is known of a speaker, kept for a restart and for nodes that it is not connected to.</summary>
sealed class KnownHealth
{
    public required Guid SpeakerId { get; init; }
    public DateTimeOffset At { get; set; }

    /// <summary>The folded health message as JSON.</summary>
    public string Vitals { get; set; } = "";

    /// <summary>How each watched thing stands and since when, as JSON.</summary>
    public string Stands { get; set; } = "";
}
