using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Explain;
using Loa.Broadcasting.Follow;
using Loa.Broadcasting.Orders;
using Loa.Broadcasting.Planning;
using Loa.Broadcasting.Programmes;
using Loa.Broadcasting.Timetable;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Broadcasting;

/// <summary>The door of Broadcasting: what is aired where and when, and how far each broadcast has come.</summary>
public static class BroadcastingModule
{
    internal static readonly WebFiles Files = new(typeof(BroadcastingModule).Assembly, "broadcasting");

    static readonly UseCases UseCases = new UseCases()
        .Add<PlayNow>()
        .Add<MoveCase<Broadcast>>()
        .Add<ListBroadcasts>()
        .Add<ShowBroadcast>()
        .Add<HearBroadcast>()
        .Add<ExplainMinute>()
        .Add<ChooseUnits>()
        .Add<AskOrder>()
        .Add<PlanProgramme>()
        .Add<ChangeProgramme>()
        .Add<BeginProgramme>()
        .Add<ExceptOnce>()
        .Add<ShowAirtime>()
        .Add<SetAirtime>()
        .Add<InheritAirtime>()
        .Add<UndoAirtime>()
        .Add<AskAirtime>()
        .Add<AskProgramme>()
        .Add<EditProgramme>()
        .Add<ShowProgramme>()
        .Add<ShowWeek>()
        .Add<ListProgrammes>()
        .Add<MoveCase<Programme>>();

    public static IServiceCollection AddBroadcasting(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(BroadcastingModule).Assembly);
        services.AddModuleDb<BroadcastingDb>("broadcasting");
        services.AddCase<Broadcast, BroadcastingDb>();
        services.AddSingleton(Occurrences.Step).AddSingleton(Audiences.Step);
        services.AddReceiver<TakeOutRevoked, RevocationsChanged>();
        services.AddCase<Programme, BroadcastingDb>();
        services.AddSingleton(AirtimeProcedure.Definition).AddSingleton<KnownPolicies>();
        services.AddScoped<PolicyQueries>().AddScoped<AirtimeCases>();
        services.AddScoped<HeldBack>();
        services.AddScoped<AirQuestions>().AddScoped<ProgrammeChecks>().AddScoped<AirOutlook>();
        services.AddScoped<ITimetables, Timetables>();
        services.AddScoped<IOnAir, OnAir>();
        services.AddReceiver<TakeOffAir, BulletinWithdrawn>();
        services.AddScoped<IDeskPart, BroadcastDesk>();
        services.AddNoticeKinds(MissedNotices.Kinds).AddSingleton<TellOutcomes>();
        services.AddHostedService(p => p.GetRequiredService<TellOutcomes>());
        services.AddSingleton(
            new NavItem("broadcasts", "/broadcasts", "broadcast", BroadcastingRights.SeeBroadcasts, Order: 20)
        );
        services.AddSingleton(new NavItem("airtime", "/airtime", "clock", BroadcastingRights.SeeAirtime, Order: 25));
        services.AddSingleton(
            new NavItem("programmes", Programme.Path, "list", BroadcastingRights.SeeBroadcasts, Order: 19)
        );
        services.AddSingleton(
            new NavItem("week", "/week", "calendar-event", BroadcastingRights.SeeBroadcasts, Order: 18)
        );
        services.AddSingleton(Files);
        UseCases.AddTo(services);
        services.AddRights(
            new(BroadcastingRights.SeeBroadcasts, Right.EveryRole),
            new(BroadcastingRights.OrderBroadcasts, RoleNames.Approver),
            new(BroadcastingRights.SeeAirtime, Right.EveryRole),
            new(BroadcastingRights.SetAirtime, RoleNames.Approver)
        );
        return services;
    }

    public static IEndpointRouteBuilder MapBroadcasting(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }
}
