using System.Diagnostics;
using System.Threading.Channels;

namespace Loa.Mqtt;

/// <summary>Waits for what must happen; what has not happened after this long never will.</summary>
static class Patience
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(limit);

    public static Task Soon(this Task task) => task.WaitAsync(limit);

    public static async Task Until(Func<bool> happened)
    {
        var started = Stopwatch.GetTimestamp();
        while (!happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < limit, "It never happened.");
            await Task.Yield();
        }
    }

    public static Task<T> Next<T>(this Channel<T> channel) => channel.Reader.ReadAsync().AsTask().Soon();
}
