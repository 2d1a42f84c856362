using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;

namespace Loa.Newsroom.Voices;

/// <summary>Sentences that were read and are in no use any more; whoever writes them again has them read anew.</summary>
sealed class KeptSentences(SentenceStore sentences) : IKeptKind
{
    const int Together = 500;

    public string Name => "sentences";

    public RetentionRule Usual => new(OldAge.Delete, 30);

    public IReadOnlyList<OldAge> Ages => [OldAge.Delete];

    public int LeastDays => 1;

    public Task<KindSize> Measure(CancellationToken cancel)
    {
        var all = sentences.All();
        return Task.FromResult(new KindSize(all.Count, all.Sum(s => s.Bytes), InFiles: true));
    }

    public Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel) =>
        Task.FromResult((long)sentences.All().Count(s => s.Used < before));

    public async IAsyncEnumerable<int> Age(
        OldAge then,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var old in sentences.All().Where(s => s.Used < before).Chunk(Together))
        {
            foreach (var (key, _, _) in old)
                sentences.Forget(key);
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            yield return old.Length;
        }
    }
}
