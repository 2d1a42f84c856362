namespace Loa.Newsroom.Voices;

/// <summary>A text that a voice has read aloud, levelled and stored: the same text by the same voice is never read twice.</summary>
sealed class Rendering
{
    /// <summary>What makes two renderings the same, see <see cref="ReadingScript"/>.</summary>
    public required string Key { get; init; }
    public required string Voice { get; init; }

    /// <summary>The text as it was read, numbers and abbreviations written out.</summary>
    public required string Spoken { get; init; }

    /// <summary>Digest of the master, FLAC 48 kHz mono; empty until a bulletin takes it.</summary>
    public required string Master { get; set; }

    /// <summary>Digest of the Ogg Opus file that goes over the air.</summary>
    public required string Digest { get; init; }

    /// <summary>Bytes of the Ogg Opus file.</summary>
    public required long Length { get; init; }
    public required long DurationMs { get; init; }

    /// <summary>LUFS, integrated over the whole.</summary>
    public required double Loudness { get; init; }

    /// <summary>dBTP.</summary>
    public required double TruePeak { get; init; }

    /// <summary>The waveform, see <see cref="PeakText"/>.</summary>
    public required string Peaks { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Whose text it was first; the room it takes is his.</summary>
    public Guid OfficerId { get; set; }

    /// <summary>Of both files, or of the one that there is.</summary>
    public long Bytes { get; set; }

    public bool IsPacked => Master.Length > 0;

    /// <summary>A bulletin has taken it; until then it is a preview and goes.</summary>
    public bool Kept { get; set; }

    /// <summary>When a bulletin took it last, or when it was made.</summary>
    public DateTimeOffset TakenAt { get; set; }

    /// <summary>Its master grew old and was dropped; asked for again, the text is read anew.</summary>
    public bool MasterGone { get; set; }
}
