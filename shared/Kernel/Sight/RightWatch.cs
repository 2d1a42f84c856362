using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Asks once a second, while something long is sent, whether the reader still may have it.</summary>
sealed class RightWatch(HttpContext http)
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    readonly Sight sight = http.RequestServices.GetRequiredService<Sight>();
    readonly TimeProvider clock = http.RequestServices.GetRequiredService<TimeProvider>();
    long? asked;

    public async ValueTask<bool> Holds(CancellationToken cancel)
    {
        var now = clock.GetTimestamp();
        if (asked is { } before && clock.GetElapsedTime(before, now) < Often)
            return true;
        asked = now;
        return await sight.StillHolds(cancel);
    }
}
