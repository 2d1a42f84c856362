namespace Loa.Contracts.Retention;

/// <summary>What becomes of a thing that has grown old.</summary>
public enum OldAge
{
    Keep,

    /// <summary>What nobody needs any more goes; what it proves stays.</summary>
    Thin,
    Delete,

    /// <summary>It is put together more tightly; nothing goes.</summary>
    Pack,

    /// <summary>It goes into a file (<see cref="IArchives"/>), and only then from here.</summary>
    Archive,
}

/// <summary>How long a kind of thing is kept whole, and what comes then.</summary>
/// <param name="Days">Nothing younger is touched; 0 when it is kept for ever.</param>
public sealed record RetentionRule(OldAge Then, int Days)
{
    public static readonly RetentionRule Forever = new(OldAge.Keep, 0);
}

/// <param name="InFiles">It lies in the data folder, also when the database is elsewhere.</param>
public sealed record KindSize(long Rows, long Bytes, bool InFiles = false);

/// <summary>A kind of thing that grows with the years: how much there is of it, what may become of it, and how that is done.</summary>
public interface IKeptKind
{
    /// <summary>Its texts are "retention.kind.NAME" and "retention.kind.NAME.what".</summary>
    string Name { get; }

    /// <summary>The project's own choice, in force until somebody makes another. No law is claimed to ask for it.</summary>
    RetentionRule Usual { get; }

    /// <summary>What may become of it when it is old, besides being kept; nothing for what stays as it is.</summary>
    IReadOnlyList<OldAge> Ages { get; }

    /// <summary>The shortest time that a rule may give it.</summary>
    int LeastDays { get; }

    Task<KindSize> Measure(CancellationToken cancel);

    /// <summary>To how many that are older than this it would happen now.</summary>
    Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel);

    /// <summary>Does it to all that is older, in parts between which others write; yields how many each part had.</summary>
    IAsyncEnumerable<int> Age(OldAge then, DateTimeOffset before, CancellationToken cancel);
}
