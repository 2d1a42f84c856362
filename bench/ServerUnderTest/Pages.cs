using System.Collections.Concurrent;

namespace Loa.Bench.UnderTest;

/// <summary>Officers who go on with their day: one page after another, each timed.</summary>
public sealed class Pages(HttpClient officer)
{
    static readonly string[] paths =
    [
        "/",
        "/bulletins",
        "/broadcasts",
        "/speakers",
        "/speakers?q=loc",
        "/bulletins/new",
        "/units",
        "/account",
    ];
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);

    readonly ConcurrentQueue<double> taken = new();
    int failed;

    public Percentiles Taken => new(taken);

    /// <summary>Answers that were no page, or none at all.</summary>
    public int Failed => failed;

    public async Task Look(CancellationToken until)
    {
        for (var i = 0; !until.IsCancellationRequested; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                using var page = await officer.GetAsync(new Uri(paths[i % paths.Length], UriKind.Relative), until);
                if (!page.IsSuccessStatusCode)
                    Interlocked.Increment(ref failed);
                taken.Enqueue(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
