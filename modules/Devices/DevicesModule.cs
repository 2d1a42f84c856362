using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Enrolments;
using Loa.Devices.Health;
using Loa.Devices.Overview;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Devices.Reports;
using Loa.Devices.Rollouts;
using Loa.Devices.Seed;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>The door of Devices: the registry of speakers, their enrolment, health, commands and software.</summary>
public static class DevicesModule
{
    static readonly UseCases UseCases = new UseCases()
        .Add<ListSpeakers>()
        .Add<ShowSpeaker>()
        .Add<ListSpeakerPlays>()
        .Add<ListSpeakerCommands>()
        .Add<ShowHardware>()
        .Add<ShowRootFollowers>()
        .Add<RegisterSpeaker>()
        .Add<MoveSpeaker>()
        .Add<AskMove>()
        .Add<EntrustSpeaker>()
        .Add<RetireSpeaker>()
        .Add<PrepareClaim>()
        .Add<ClaimSpeaker>()
        .Add<ShowPreregistration>()
        .Add<EnterPreregistration>()
        .Add<RevokeSpeakerKey>()
        .Add<SendCommand>()
        .Add<CancelCommand>()
        .Add<PrepareCommands>()
        .Add<SendBulkCommand>()
        .Add<ListBulkCommands>()
        .Add<ShowBulkCommand>()
        .Add<CancelBulkCommand>()
        .Add<RetryBulkCommand>()
        .Add<ShowLog>()
        .Add<ShowHealth>()
        .Add<Enrol>()
        .Add<AskEnrolment>()
        .Add<OpenSeal>()
        .Add<TellServer>()
        .Add<ListPackages>()
        .Add<UploadPackage>()
        .Add<ShowPackage>()
        .Add<SignPackage>()
        .Add<FetchPackage>()
        .Add<StartRollout>()
        .Add<ShowRollout>()
        .Add<MoveRollout>();

    internal static readonly WebFiles Files = new(typeof(DevicesModule).Assembly, "devices");

    public static IServiceCollection AddDevices(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(DevicesModule).Assembly);
        services.AddModuleDb<DevicesDb>("devices");
        services.AddSingleton(new BulkWriteLock(SpeakerMeters.Waited));
        services
            .AddOptions<SpeakerUrls>()
            .Bind(config.GetSection("Mqtt"))
            .Validate(PublicAddress.CanVouch, "Mqtt:TlsAuthority is no file with a certificate (PEM).")
            .ValidateOnStart();
        services.AddSingleton(Files);
        UseCases.AddTo(services);
        AddRegistry(services);
        AddEnrolments(services, config);
        AddHealth(services, config);
        AddReports(services);
        AddCommands(services);
        AddRollouts(services);
        services.AddDevicesKept();
        AddRights(services);
        return services;
    }

    public static IEndpointRouteBuilder MapDevices(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddRights(IServiceCollection services) =>
        services
            .AddRoles(RoleNames.Technician)
            .AddRights(
                new(DevicesRights.SeeSpeakers, Right.EveryRole),
                new(DevicesRights.ClaimSpeakers, RoleNames.Technician),
                new(DevicesRights.UpdateSpeakers, RoleNames.Technician),
                new(DevicesRights.CommandSpeakers, RoleNames.Technician, RoleNames.Administrator)
            )
            .AddRights([.. CommandCatalog.All.Select(c => new Right(c.Right, c.Role))]);

    static void AddRegistry(IServiceCollection services)
    {
        services.AddSingleton(SpeakerProcedure.Definition);
        services.AddSingleton(NameKeys.Step);
        services.AddScoped<ISpeakersThen, SpeakersThen>();
        services.AddSingleton<ISpeakers, SpeakerQueries>().AddSingleton<ISpeakerKeys, SpeakerKeys>();
        services.AddSingleton<IBoards, BoardKeys>();
        services.AddReceiver<FollowMoves, SpeakerMoved>();
        services.AddScoped<ISeed, SeedSpeakers>();
        services.AddScoped<SeenSpeakers>().AddScoped<IDeskPart, SpeakerTiles>();
        services.AddScoped<IDeskPart, SpeakerDesk>().AddScoped<FindCauses>();
        services.AddSingleton(
            new NavItem("nav.speakers", "/speakers", "device-speaker", DevicesRights.SeeSpeakers, 40)
        );
    }

    static void AddEnrolments(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<EnrolmentOptions>()
            .Bind(config.GetSection("Enrolment"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<EnrolmentGate>();
        services.AddScoped<OpenEnrolments>().AddScoped<FindEnrolment>();
        services.AddScoped<PlanPreregistration>().AddScoped<BulkRegistration>().AddScoped<ClaimPreregistered>();
        services.AddScoped<PlacementSigning>();
        services.AddSingleton<PublicAddress>();
        services.AddReceiver<EndWaiting, RootChanged>();
    }

    static void AddHealth(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<HealthOptions>()
            .Bind(config.GetSection("Health"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<LatestHealth>().AddSingleton<KeepHealth>().AddSingleton<AgeHealth>();
        services.AddSingleton<IInstantReports, HealthReports>();
        // Started before the gateway and stopped after it: what is known is there first, and what came in is stored.
        services.AddHostedService(p => p.GetRequiredService<KeepHealth>());
        services.AddHostedService(p => p.GetRequiredService<AgeHealth>());
        services.AddScoped<IDeskPart, HealthTiles>();
        services.AddNoticeKinds(SilenceNotices.All.Select(told => told.Kind)).AddSingleton<TellSilence>();
        services.AddHostedService(p => p.GetRequiredService<TellSilence>());
    }

    static void AddReports(IServiceCollection services)
    {
        services.AddSingleton<IReportStore, StoreReports>();
        services.AddSingleton(new ReportTopic(AirTopic.OutState, StateReport.Read));
        // In this order, and before what is to sound: by the root all else is believed, and by its place what a speaker is to play.
        services.AddSingleton<ISyncPart, RootSync>().AddSingleton<PlacementSync>();
        services.AddSingleton<ISyncPart>(p => p.GetRequiredService<PlacementSync>());
        services.AddSingleton<ISyncPart, RevocationSync>();
        // Before the gateway opens its door.
        services.AddSingleton<ReturningSpeakers>();
        services.AddHostedService(p => p.GetRequiredService<ReturningSpeakers>());
    }

    static void AddCommands(IServiceCollection services)
    {
        services.AddSingleton(BulkCommandProcedure.Definition).AddScoped<BulkCommandCases>();
        services.AddScoped<PackageCases>().AddSingleton<PackageBudget>();
        services.AddScoped<PackageShelf>();
        services.AddSingleton<ForgetArchives>().AddHostedService(p => p.GetRequiredService<ForgetArchives>());
        services.AddTransient<IBatchPart, CommandPart>();
        services.AddSingleton(new ReportTopic(AirTopic.OutReceipt, ReceiptReport.Read, IsAwaited: true));
        services.AddSingleton(new ReportTopic(AirTopic.OutLog, LogReport.Read, IsAwaited: true));
        services.AddSingleton<CommandDispatch>().AddSingleton<CommandRunner>();
        services.AddHostedService(p => p.GetRequiredService<CommandRunner>());
    }

    static void AddRollouts(IServiceCollection services)
    {
        services.AddSingleton(PackageProcedure.Definition).AddCase<Rollout, DevicesDb>();
        services.AddScoped<PackageCheck>();
        services.AddSingleton<SendUpdates>().AddSingleton<RunRollouts>();
        services.AddHostedService(p => p.GetRequiredService<RunRollouts>());
        services.AddScoped<IDeskPart, RolloutTiles>();
        services.AddSingleton(new NavItem("nav.packages", "/packages", "upload", DevicesRights.UpdateSpeakers, 45));
    }
}
