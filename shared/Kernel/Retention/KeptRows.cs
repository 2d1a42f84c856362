using Loa.Contracts.Retention;

namespace Loa.Kernel;

/// <summary>Rows that are kept for ever, of one module or of all; the page of sizes tells how many they have become.</summary>
/// <param name="db">The module's; every module's when none is named.</param>
public class KeptRows(string name, Type? db, IReadOnlyList<string> tables, TableSizes sizes) : IKeptKind
{
    public string Name => name;

    public virtual RetentionRule Usual => RetentionRule.Forever;

    public virtual IReadOnlyList<OldAge> Ages => [];

    public virtual int LeastDays => 0;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        var size = await sizes.Of(db, tables, cancel);
        return new(size.Rows, size.Bytes);
    }

    public virtual Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel) => Task.FromResult(0L);

    public virtual IAsyncEnumerable<int> Age(OldAge then, DateTimeOffset before, CancellationToken cancel) =>
        AsyncEnumerable.Empty<int>();
}
