using Loa.Contracts.Notices;

namespace Loa.Notices.Raised;

/// <summary>Every kind that the modules declared.</summary>
sealed class NoticeKinds(IEnumerable<NoticeKind> declared)
{
    readonly Dictionary<string, NoticeKind> all = declared.ToDictionary(k => k.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<NoticeKind> All => all.Values;

    /// <summary>Null for what only ends others, and for kinds of a module that is there no more.</summary>
    public NoticeKind? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>The names of those kinds that wait for somebody.</summary>
    public IReadOnlyList<string> MustAct => [.. all.Values.Where(k => k.MustAct).Select(k => k.Name)];
}
