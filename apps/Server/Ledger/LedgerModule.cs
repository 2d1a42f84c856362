using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.Extensions.Options;

namespace Loa.Server.Ledger;

/// <summary>Puts the ledger's heads where this server cannot take them back, and says so on the home page when they go nowhere.</summary>
static class LedgerModule
{
    static readonly UseCases UseCases = new UseCases().Add<ListActs>();

    public static void AddLedger(this IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<LedgerOptions>()
            .Bind(config.GetSection("Ledger"))
            .ValidateDataAnnotations()
            .Validate(o => o.Mail is null || o.Mail.IsWhole, "Ledger:Mail needs Host, From and To.")
            .ValidateOnStart();
        services.AddSingleton(p => new LedgerAnchors(p.GetRequiredService<IOptions<LedgerOptions>>().Value.IsAnchored));
        services.AddSingleton<HeadMail>().AddSingleton<HeadFile>();
        services.AddReceiver<MailHeads, LedgerSealed>();
        services.AddReceiver<FileHeads, LedgerSealed>();
        services.AddScoped<IDeskPart, LedgerTiles>();
        services.AddNoticeKinds([LedgerNotices.Broken]);
        services.AddSingleton(new NavItem("ledger.title", "/ledger", "list", PeopleRights.SeeLedger, 715));
        UseCases.AddTo(services);
    }

    public static void MapLedger(this IEndpointRouteBuilder routes) => UseCases.MapTo(routes);
}
