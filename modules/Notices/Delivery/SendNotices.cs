using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Loa.Notices.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Notices.Delivery;

/// <summary>
/// Sends what is due by one way, all that is due to an officer in one letter. What he has read, may no longer see, or waits for
/// nobody by now is not sent. A way that is away holds up no other; what waited for it goes out when it is back.
/// </summary>
sealed class SendNotices(IWay way, IServiceScopeFactory scopes, TimeProvider clock, BackgroundWork<SendNotices> work)
    : LeaderLoop<SendNotices>($"notices.send-{way.Name}", work)
{
    const int OfficersTogether = 50;

    // Of more at once each would stand in a letter that nobody reads to its end.
    const int MostOfOne = 2_000;

    static readonly TimeSpan Often = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // What could not be sent for so long is not news any more; it stands on the page.
    static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    // A clock that jumps ahead gives up nothing that was tried so few times.
    const int LeastAttempts = 100;

    // A clock that was wrong for a while must not put a word off for years.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(2);

    // Sent, and not known as sent: the disk was full.
    readonly HashSet<long> unstored = [];

    protected override async Task Loop(CancellationToken stop)
    {
        for (var failures = 0; way.IsOffered; )
        {
            var isMore = false;
            failures = await Work.Try(Send, stop, way.Name) ? 0 : failures + 1;
            if (!isMore)
                await Task.Delay(failures == 0 ? Often : Pause(failures), clock, stop);

            async Task Send(CancellationToken cancel) => isMore = await SendDue(cancel);
        }
    }

    /// <returns>Whether more may be due.</returns>
    internal async Task<bool> SendDue(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NoticesDb>();
        var now = clock.Moment();
        var due = db.Deliveries.Where(d =>
            d.Way == way.Name && d.DoneAt == null && (d.DueAt <= now || d.DueAt > now + LongestWait)
        );
        // Behind a thousand others an emergency would be none.
        var officers = await due.GroupBy(d => d.OfficerId)
            .OrderByDescending(his => his.Max(d => d.Notice.Urgent ? 1 : 0))
            .ThenBy(his => his.Min(d => d.DueAt))
            .Select(his => his.Key)
            .Take(OfficersTogether)
            .ToListAsync(cancel);
        var letters = new List<(NoticeLetter Letter, List<NoticeDelivery> Deliveries)>();
        var isMore = officers.Count == OfficersTogether;
        foreach (var officer in officers)
        {
            var his = await due.Include(d => d.Notice)
                .Where(d => d.OfficerId == officer)
                .OrderByDescending(d => d.Notice.Urgent)
                .ThenBy(d => d.NoticeId)
                .Take(MostOfOne)
                .ToListAsync(cancel);
            isMore |= his.Count == MostOfOne;
            foreach (var sent in his.Where(d => unstored.Contains(d.Id)))
                sent.DoneAt = now;
            his.RemoveAll(d => d.DoneAt is not null);
            if (his.Count > 0 && await LetterTo(scope.ServiceProvider, his, cancel) is { } letter)
                letters.Add(letter);
        }
        await Store(db, cancel);
        if (letters.Count > 0)
            await Send(db, letters, cancel);
        return isMore;
    }

    async Task Send(
        NoticesDb db,
        List<(NoticeLetter Letter, List<NoticeDelivery> Deliveries)> letters,
        CancellationToken cancel
    )
    {
        var at = 0;
        await foreach (var sending in way.Send([.. letters.Select(l => l.Letter)], cancel))
        {
            foreach (var delivery in letters[at++].Deliveries)
                Note(delivery, sending);
            // It is sent, whoever stops the server now.
            await Store(db, CancellationToken.None);
        }
    }

    async Task Store(NoticesDb db, CancellationToken cancel)
    {
        long[] done =
        [
            .. db
                .ChangeTracker.Entries<NoticeDelivery>()
                .Select(e => e.Entity)
                .Where(d => d.DoneAt is not null)
                .Select(d => d.Id),
        ];
        unstored.UnionWith(done);
        await db.SaveChangesAsync(cancel);
        unstored.ExceptWith(done);
    }

    // Null when nothing is left that he should be told.
    async Task<(NoticeLetter, List<NoticeDelivery>)?> LetterTo(
        IServiceProvider services,
        List<NoticeDelivery> his,
        CancellationToken cancel
    )
    {
        var db = services.GetRequiredService<NoticesDb>();
        var sights = services.GetRequiredService<NoticeSight>();
        var officer = his[0].OfficerId;
        var choice = await db.Choices.AsNoTracking().FirstOrDefaultAsync(c => c.OfficerId == officer, cancel);
        var sight = await sights.Of(officer, cancel);
        var ids = his.ConvertAll(d => d.NoticeId);
        var unread = await db.UnreadBy(officer, db.Notices, cancel);
        var open = await unread.Where(n => ids.Contains(n.Id)).Select(n => n.Id).ToListAsync(cancel);
        var wanted =
            choice is not null && way.Reaches(choice)
                ? his.FindAll(d => open.Contains(d.NoticeId) && sights.Sees(sight, d.Notice))
                : [];
        foreach (var delivery in his.Except(wanted))
            (delivery.DoneAt, delivery.Failure) = (clock.Moment(), "not-wanted");
        return wanted.Count == 0 ? null : (new(choice!, sight, wanted.ConvertAll(d => d.Notice)), wanted);
    }

    void Note(NoticeDelivery delivery, SendOutcome sending)
    {
        var now = clock.Moment();
        delivery.Failure = sending.Failure;
        var isOld = now - delivery.Notice.At > Patience && delivery.Attempts > LeastAttempts;
        if (sending.Failure is null || sending.IsFinal || isOld)
            delivery.DoneAt = now;
        else
            delivery.DueAt = now + Pause(++delivery.Attempts);
    }

    static TimeSpan Pause(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures, 10))));
}
