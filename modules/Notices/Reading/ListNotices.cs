using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Raised;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Reading;

/// <summary>An officer looks at what he is to learn: the latest first, or only what he has not read.</summary>
sealed class ListNotices(OwnNotices own, NoticeKinds kinds, Sight sight) : IUseCase
{
    public const int PageSize = 25;

    // More of a kind that come one after the other are one line, to be opened.
    const int MostApart = 3;

    /// <param name="Name">What its kind is called.</param>
    /// <param name="IsOver">It waited for somebody, and does so no more.</param>
    public sealed record Row(
        long Id,
        string Kind,
        string Name,
        string Text,
        string Icon,
        string Unit,
        DateTimeOffset At,
        bool IsUnread,
        bool MustAct,
        bool IsOver,
        bool Urgent
    )
    {
        public bool NamesUnit => Text.Contains(Unit, StringComparison.Ordinal);
    }

    /// <param name="UpTo">The newest that is shown: what comes later is not marked as read with these.</param>
    public sealed record Response(bool UnreadOnly, int Page, int Total, int Unread, long UpTo, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notices", Show).RequireSignIn();
        routes.MapGet("/api/notices", Get).RequireSignIn();
    }

    static IResult Show(string? show, int? page) =>
        UiModule.Show<NoticesPage>(new { UnreadOnly = show == "unread", Number = page ?? 1 });

    static Task<Response> Get(string? show, int? page, ListNotices useCase, CancellationToken cancel) =>
        useCase.Run(show == "unread", page ?? 1, cancel);

    public async Task<Response> Run(bool unreadOnly, int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var unread = await own.Unread(cancel);
        var all = unreadOnly ? unread : own.InSight();
        var total = await all.CountAsync(cancel);
        var shown = await all.OrderByDescending(n => n.Id)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        var ids = shown.ConvertAll(n => n.Id);
        var open = await unread.Where(n => ids.Contains(n.Id)).Select(n => n.Id).ToListAsync(cancel);
        var upTo = await own.InSight().MaxAsync(n => (long?)n.Id, cancel) ?? 0;
        return new(
            unreadOnly,
            page,
            total,
            await own.Count(cancel),
            upTo,
            shown.ConvertAll(n => Of(n, open.Contains(n.Id)))
        );
    }

    /// <summary>In their order, those of one kind together that come one after the other and wait for nobody.</summary>
    public static IEnumerable<IReadOnlyList<Row>> Folded(IReadOnlyList<Row> rows)
    {
        for (var at = 0; at < rows.Count; )
        {
            var first = rows[at];
            var alike = rows.Skip(at)
                .TakeWhile(r => (r.Kind, r.IsUnread, r.MustAct) == (first.Kind, first.IsUnread, false));
            var run = alike.ToList();
            if (run.Count > MostApart)
                yield return run;
            else
                foreach (var row in rows.Skip(at).Take(Math.Max(1, run.Count)))
                    yield return [row];
            at += Math.Max(1, run.Count);
        }
    }

    Row Of(Notice notice, bool isUnread)
    {
        var kind = kinds.Find(notice.Kind)!;
        return new(
            notice.Id,
            notice.Kind,
            Words.Get($"notice.{notice.Kind}.name"),
            NoticeText.Of(notice, sight),
            kind.Icon,
            sight.Tree.NameOf(notice.UnitId),
            notice.At,
            isUnread,
            kind.MustAct && notice.EndedAt is null,
            kind.MustAct && notice.EndedAt is not null,
            notice.Urgent
        );
    }
}
