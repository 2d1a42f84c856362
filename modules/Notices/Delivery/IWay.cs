using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Raised;

namespace Loa.Notices.Delivery;

/// <summary>A way by which an officer is told while he has no page open.</summary>
interface IWay
{
    /// <summary>One word; <c>notices.way.…</c> names it.</summary>
    string Name { get; }

    /// <summary>Whether the province has it.</summary>
    bool IsOffered { get; }

    /// <summary>Whether it is for news of this kind at all.</summary>
    bool Carries(NoticeKind kind) => true;

    /// <summary>Whether this officer can be told by it.</summary>
    bool Reaches(NoticeChoice choice);

    /// <summary>Whether what is for this officer waits until the day's letter.</summary>
    bool IsDaily(NoticeChoice choice) => false;

    /// <summary>Sends them one after the other, and tells of each in turn. Throws when nothing can be sent now.</summary>
    IAsyncEnumerable<SendOutcome> Send(IReadOnlyList<NoticeLetter> letters, CancellationToken cancel);
}

/// <summary>All that is due to one officer by one way.</summary>
/// <param name="Notices">Those that he may still see and has not read; at least one.</param>
sealed record NoticeLetter(NoticeChoice To, Sight Sight, IReadOnlyList<Notice> Notices);

/// <summary>What became of a letter.</summary>
/// <param name="Failure">Null when it was taken.</param>
/// <param name="IsFinal">It will never be.</param>
readonly record struct SendOutcome(string? Failure = null, bool IsFinal = false)
{
    public static SendOutcome Done => default;

    public static SendOutcome Later(string why) => new(why);

    public static SendOutcome Never(string why) => new(why, IsFinal: true);
}
