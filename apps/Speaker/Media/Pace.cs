namespace Loa.Speaker.Media;

/// <summary>Keeps what is fetched below a number of bytes a second, where the line is also used for something else or paid by the byte.</summary>
/// <param name="bytesPerSecond">Null: as fast as it comes.</param>
sealed class Pace(long? bytesPerSecond, TimeProvider clock)
{
    long began = clock.GetTimestamp();
    long taken;

    /// <summary>Returns when the next bytes may be asked for.</summary>
    public async Task Take(int bytes, CancellationToken cancel)
    {
        if (bytesPerSecond is not { } most)
            return;
        taken += bytes;
        var ahead = TimeSpan.FromSeconds((double)taken / most) - clock.GetElapsedTime(began);
        if (ahead > TimeSpan.Zero)
            await Task.Delay(ahead, clock, cancel);
        else
            // What was not used is not saved up for a burst.
            (began, taken) = (clock.GetTimestamp(), 0);
    }
}
