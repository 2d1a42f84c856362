using System.Diagnostics.CodeAnalysis;

namespace Loa.Air;

/// <summary>The answer of a verification: the document, now to be believed, or the one reason why not.</summary>
public readonly record struct Verdict<T>
    where T : class
{
    Verdict(Signed<T>? signed, string? reason)
    {
        Signed = signed;
        Reason = reason;
    }

    [MemberNotNullWhen(true, nameof(Signed), nameof(Document))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool Ok => Signed is not null;

    /// <summary>One of <see cref="Refusal"/>, absent when the document is good.</summary>
    public string? Reason { get; }

    public Signed<T>? Signed { get; }

    public T? Document => Signed?.Document;

    internal static Verdict<T> Refused(string reason) => new(null, reason);

    internal static Verdict<T> Of(Signed<T> read, string? reason) =>
        reason is null ? new(read, null) : new(null, reason);
}
