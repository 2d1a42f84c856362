using Loa.Contracts.Notices;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Notices.Addresses;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Push;
using Loa.Notices.Raised;
using Loa.Notices.Reading;
using Loa.Notices.Settings;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Notices;

/// <summary>The door of Notices: who must act learns it at once, and who asked for something learns what became of it.</summary>
public static class NoticesModule
{
    const int UsualDays = 90;

    static readonly UseCases UseCases = new UseCases()
        .Add<ListNotices>()
        .Add<OpenNotice>()
        .Add<ReadNotices>()
        .Add<CountNotices>()
        .Add<ShowChoices>()
        .Add<SaveChoices>()
        .Add<ConfirmMail>()
        .Add<SubscribeBrowser>()
        .Add<UnsubscribeBrowser>()
        .Add<ServeWorker>();

    internal static readonly WebFiles Files = new(typeof(NoticesModule).Assembly, "notices");

    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(NoticesModule).Assembly);
        services.AddModuleDb<NoticesDb>("notices");
        services.AddSingleton<NoticeKinds>();
        services.AddScoped<OwnNotices>().AddScoped<NoticeSight>().AddScoped<Recipients>().AddScoped<MailAddresses>();
        services.AddWays(config);
        services.AddReceiver<KeepNotice, NoticeRaised>();
        services.AddSingleton(Files);
        services.AddSingleton(new TopBarPart(typeof(Bell)));
        services.AddSingleton(
            new NavItem("notices.title", "/notices", "bell-ringing", Order: 5, Badge: typeof(MenuCount))
        );
        services.AddAging<NoticesDb, Notice>(
            "notices",
            NoticeRows.Table,
            new(
                OldAge.Delete,
                new(OldAge.Delete, UsualDays),
                LeastDays: 7,
                (db, before) => db.Notices.Where(n => n.At < before).OrderBy(n => n.At),
                (old, cancel) => old.ExecuteDeleteAsync(cancel)
            )
        );
        UseCases.AddTo(services);
        return services;
    }

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }
}
