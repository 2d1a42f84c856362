using Loa.Air;
using Loa.Jose;

namespace Loa.Bench.Forge;

/// <summary>One word of a leader, and by what right he gave it: the truth that the speaker's answer is held against.</summary>
sealed record Approved(Release Release, string Text, Officer By)
{
    /// <summary>
    /// Whether this may be heard here and now, asked in plain words of the documents themselves and not of the code that is
    /// examined: this very text, in its own time, for a unit the speaker stands in, by somebody whose right covers unit,
    /// class and moment and was not taken back.
    /// </summary>
    public bool MayBeHeard(IReadOnlyList<Guid> path, DateTimeOffset moment)
    {
        var (delegation, places) = (By.Delegation, path.ToList());
        var meant = Release.Units.Select(unit => places.IndexOf(unit)).Where(depth => depth >= 0).ToArray();
        var reached = delegation.Units.Select(unit => places.IndexOf(unit)).Where(depth => depth >= 0).ToArray();
        return Release.NotBefore <= moment
            && moment < Release.Expires
            && meant.Length > 0
            && reached.Length > 0
            && reached.Min() <= meant.Max()
            && delegation.Kinds.Contains(AirKind.Release)
            && delegation.Classes.Contains(Release.Class)
            && delegation.NotBefore <= moment
            && moment < delegation.Expires
            && !By.IsRevoked;
    }
}

/// <summary>A leader with his key and the root's word for it.</summary>
sealed record Officer(SigningKey Key, Delegation Delegation, bool IsRevoked = false)
{
    public string Word { get; } = Delegation.Sign(SomeKeys.Root);

    public Approved Approve(Release release) => new(release, release.Sign(Key), this);
}
