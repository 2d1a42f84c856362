namespace Loa.Devices.Health;

/// <summary>A machine fact: at this moment this of a speaker changed. Stored only when something changed.</summary>
sealed class Signal
{
    public long Position { get; private init; }
    public required Guid SpeakerId { get; init; }
    public required SignalKind Kind { get; init; }

    /// <summary>Null when it was not known.</summary>
    public string? From { get; init; }

    /// <summary>Null when it is known no more.</summary>
    public string? To { get; init; }

    /// <summary>By the server's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The number that decided: percent, °C, milliseconds, megabytes.</summary>
    public int? Number { get; init; }
}

/// <summary>How one of the watched things stands, and since when.</summary>
readonly record struct Stand(string? State, DateTimeOffset Since);
