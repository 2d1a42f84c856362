using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;

namespace Loa.Speaker.Media;

/// <summary>The sounds, brought here ahead of their time.</summary>
static class MediaParts
{
    const string UsualFolder = "/air/media/";

    public static Parts AddMedia(this Parts parts)
    {
        var (settings, queue) = (parts.Get<Settings>(), parts.Get<PlayQueue>());
        var (clock, log) = (parts.Get<TimeProvider>(), parts.Get<EventLog>());
        var (servers, timetable) = (parts.Get<ServerTrial>(), parts.Get<TakeTimetable>());
        var shelf = parts.Add(new MediaShelf(parts.Get<IDisk>(), settings.MediaBytes));
        var source = parts.Add(
            new MediaSource(parts.Get<HttpClient>(), new Pace(settings.MediaBytesPerSecond, clock), clock)
        );
        var bring = new BringSound(shelf, source, queue, () => servers.Folder(timetable.Media ?? UsualFolder), clock);
        var fetch = new Prefetch(
            queue,
            parts.Get<ItemStore>(),
            bring,
            parts.Get<ReportQueue>(),
            parts.Get<Wakeups>().Fetching,
            clock,
            log
        );
        parts.Get<Journal>().MakeRoom = bytes => shelf.Yield(bytes, Needs.Of(queue, clock.GetUtcNow()));
        parts.Loop(fetch.Run);
        return parts;
    }
}
