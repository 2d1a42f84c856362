namespace Loa.Bench.Week;

/// <summary>What was found of some speakers.</summary>
sealed record Found
{
    public int Speakers { get; set; }

    public int Ordered { get; set; }

    /// <summary>Called off while the speaker could still hear of it, and not heard.</summary>
    public int Withdrawn { get; set; }

    /// <summary>It and its sound were on the speaker before its time.</summary>
    public int InTime { get; set; }

    /// <summary>It was on the speaker before its time, its sound was not.</summary>
    public int Soundless { get; set; }

    public int TooLate { get; set; }

    /// <summary>How those that were there in time ended, by outcome and reason.</summary>
    public Dictionary<string, int> Ends { get; init; } = [];

    public Dictionary<string, int> OtherEnds { get; init; } = [];

    public int Missed { get; set; }

    /// <summary>Of those, how many were struck out before their time had come.</summary>
    public int StruckEarly { get; set; }

    public int Unrecorded { get; set; }

    public int RecordedTwice { get; set; }

    public int PlayedThoughWithdrawn { get; set; }

    public int BrokenChains { get; set; }

    public int Records { get; set; }

    public int Repeats { get; set; }

    public int Connections { get; set; }

    public int Cuts { get; set; }

    public int Flaps { get; set; }

    public int PowerCuts { get; set; }

    public int WrongBoots { get; set; }

    public int Jumps { get; set; }

    public int Changes { get; set; }

    public Dictionary<string, int> Refusals { get; init; } = [];

    /// <summary>The start error of each first sound of a planned item, by the true time, in milliseconds.</summary>
    public List<double> Errors { get; init; } = [];

    /// <summary>The same as the speaker itself believes and records.</summary>
    public List<double> OwnErrors { get; init; } = [];

    /// <summary>What was not as it should be, for whoever has to find out why.</summary>
    public List<string> Oddities { get; init; } = [];

    public double Seconds { get; set; }

    public double Mebibytes { get; set; }

    public void Add(Found more)
    {
        foreach (var property in typeof(Found).GetProperties())
        {
            if (property.GetValue(this) is int count)
                property.SetValue(this, count + (int)property.GetValue(more)!);
        }
        foreach (
            var (mine, others) in new[] { (Ends, more.Ends), (OtherEnds, more.OtherEnds), (Refusals, more.Refusals) }
        )
        foreach (var (word, count) in others)
            mine[word] = mine.GetValueOrDefault(word) + count;
        Errors.AddRange(more.Errors);
        OwnErrors.AddRange(more.OwnErrors);
        Oddities.AddRange(more.Oddities);
        Mebibytes = Math.Max(Mebibytes, more.Mebibytes);
    }
}
