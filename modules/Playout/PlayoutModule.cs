using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Retention;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Loa.Playout.Media;
using Loa.Playout.Timetables;
using Loa.Playout.Witness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout;

/// <summary>The door of Playout: what speakers are to play, the sound they fetch for it, and the proof that they played it.</summary>
public static class PlayoutModule
{
    static readonly UseCases UseCases = new UseCases().Add<FetchMedia>();

    /// <summary>After the registry, in whose database it lodges: a speaker is told where it stands before what to play there.</summary>
    public static IServiceCollection AddPlayout(this IServiceCollection services, IConfiguration config)
    {
        services.AddLodger<PlayoutDb>("devices");
        AddTimetables(services);
        AddMedia(services, config);
        AddAsRun(services);
        AddRecords(services, config);
        UseCases.AddTo(services);
        return services;
    }

    public static IEndpointRouteBuilder MapPlayout(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddTimetables(IServiceCollection services)
    {
        services.AddSingleton<MakeTimetables>().AddScoped<PlanTimetables>().AddSingleton<TimetableDispatch>();
        services.AddSingleton<ISyncPart, TimetableSync>();
        services.AddReceiver<FollowBroadcasts, TimetableChanged>();
        services.AddReceiver<FollowRoots, RootChanged>();
        services.AddReceiver<FollowSpeakers, SpeakerClaimed>();
        services.AddReceiver<FollowSpeakers, SpeakerMoved>();
        services.AddReceiver<FollowSpeakers, BoardReplaced>();
        services.AddReceiver<FollowSpeakers, SpeakerRetired>();
        services.AddReceiver<FollowSpeakers, SpeakerKeyRevoked>();
        services.AddHostedService<RenewTimetables>();
    }

    static void AddMedia(IServiceCollection services, IConfiguration config)
    {
        services.AddOptions<MediaOptions>().Bind(config.GetSection("Mqtt"));
        services.AddSingleton<ReleasedMedia>();
        services.AddReceiver<HoldReleases, BulletinReleased>();
    }

    static void AddAsRun(IServiceCollection services)
    {
        services.AddScoped<Promises>().AddTransient<IBatchPart, PlayPart>();
        services.AddSingleton(new ReportTopic(AirTopic.OutProgress, ProgressReport.Read));
        services.AddSingleton<IPlays, PlayQueries>().AddSingleton<ISpeakerPlays, SpeakerPlayQueries>();
        services.AddSingleton<CloseSilentPlays>().AddSingleton<WeighOldPlays>();
        services.AddHostedService(p => p.GetRequiredService<WeighOldPlays>());
        services.AddHostedService(p => p.GetRequiredService<CloseSilentPlays>());
        services.AddKept<PlayoutDb>("plays", "Plays");
    }

    static void AddRecords(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<RecordRationOptions>()
            .Bind(config.GetSection("Mqtt"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<RecordRation>();
        services.AddSingleton(new ReportTopic(AirTopic.OutRecord, RecordReport.Read));
        services.AddSingleton<OldRecords>().AddSingleton<IKeptKind, KeptRecords>();
        services.AddScoped<IHeadWitnesses, SpeakerWitnesses>();
        services.AddSingleton<ILedgerRule, RecordChainRule>();
    }
}
