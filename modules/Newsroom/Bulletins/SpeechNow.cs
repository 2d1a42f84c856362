namespace Loa.Newsroom.Bulletins;

/// <summary>A sentence of what is read aloud.</summary>
/// <param name="Url">Where it is heard; null while it cannot be.</param>
/// <param name="SilenceMs">What is heard of nothing before the next.</param>
sealed record SpokenLine(string Text, string? Url, long SilenceMs);

/// <summary>How far a text is read aloud.</summary>
/// <param name="Done">Sentences that are read.</param>
/// <param name="Whole">Null while it is not put together.</param>
/// <param name="WholeUrl">Where it is heard.</param>
sealed record SpeechNow(string Key, int Done, IReadOnlyList<SpokenLine> Lines, BulletinSound? Whole, string? WholeUrl)
{
    /// <summary>Nobody waited for it any more, or it broke off; it can be asked for again.</summary>
    public bool IsLost => Whole is null && Lines.Count == 0;
}
