using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>How long one piece of reading aloud may take.</summary>
sealed class RenderingTime(IOptions<RenderingOptions> options, TimeProvider clock)
{
    public async Task<TResult> Limit<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken cancel)
    {
        var longest = options.Value.Longest;
        using var late = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new RefusedException("voice.too-slow", (int)longest.TotalSeconds);
        }
    }
}
