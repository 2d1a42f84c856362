using Microsoft.Extensions.Time.Testing;

namespace Loa.Speaker.InABox;

/// <summary>A clock that runs faster than the world, so that an idle hour passes in seconds.</summary>
/// <remarks>Each of its steps is small: a machine that is busy elsewhere for a moment holds the clock up too, and breaks no line.</remarks>
sealed class FastClock : FakeTimeProvider, IAsyncDisposable
{
    static readonly TimeSpan step = TimeSpan.FromMilliseconds(1);
    readonly PeriodicTimer steps = new(step);
    readonly Task running;
    int speed = 1;

    public FastClock()
        : base(System.GetUtcNow()) => running = Run();

    /// <summary>From now on it runs so many times faster.</summary>
    public void Run(int times) => Volatile.Write(ref speed, times);

    public async ValueTask DisposeAsync()
    {
        steps.Dispose();
        await running;
    }

    async Task Run()
    {
        while (await steps.WaitForNextTickAsync(CancellationToken.None))
            Advance(step * Volatile.Read(ref speed));
    }
}
