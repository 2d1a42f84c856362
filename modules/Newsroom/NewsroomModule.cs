using Loa.Audio;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Notices;
using Loa.Contracts.People;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Newsroom.Approval;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom;

/// <summary>The door of the newsroom: bulletins are written, read aloud, approved and signed here.</summary>
public static class NewsroomModule
{
    static readonly UseCases UseCases = new UseCases()
        .Add<ListBulletins>()
        .Add<OpenEditor>()
        .Add<ShowBulletin>()
        .Add<HearBulletin>()
        .Add<PreviewSpeech>()
        .Add<FollowSpeech>()
        .Add<EstimateSpeech>()
        .Add<AwaitSound>()
        .Add<WriteBulletin>()
        .Add<EditBulletin>()
        .Add<SpeakBulletin>()
        .Add<MoveCase<Bulletin>>()
        .Add<ChooseReach>()
        .Add<ShowRelease>()
        .Add<ApproveBulletin>();

    internal static readonly WebFiles Files = new(typeof(NewsroomModule).Assembly, "newsroom");

    public static IServiceCollection AddNewsroom(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(NewsroomModule).Assembly);
        services.AddModuleDb<NewsroomDb>("newsroom");
        services.AddCase<Bulletin, NewsroomDb>();
        services.AddVoices(config);
        services.AddApproval(config);
        services.AddScoped<IDeskPart, BulletinDesk>();
        services.AddSingleton(new NavItem("bulletins", "/bulletins", "news", NewsroomRights.SeeBulletins, Order: 10));
        services.AddSingleton(Files);
        services.AddNoticeKinds(BulletinNotices.Kinds);
        services.AddReceiver<TellAuthor, BroadcastEnded>();
        UseCases.AddTo(services);
        services
            .AddRoles(RoleNames.Author, RoleNames.Approver)
            .AddRights(
                new(NewsroomRights.SeeBulletins, Right.EveryRole),
                new(NewsroomRights.WriteBulletins, RoleNames.Author),
                new(NewsroomRights.ApproveBulletins, RoleNames.Approver)
            );
        return services;
    }

    public static IEndpointRouteBuilder MapNewsroom(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddVoices(this IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<RenderingOptions>()
            .Bind(config.GetSection(RenderingOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        foreach (var voice in Espeak.Voices)
            services.AddSingleton<IVoice>(new EspeakVoice(voice));
        services.AddSingleton<VoiceCatalog>();
        services.AddSingleton<RenderingFolders>().AddSingleton<RenderingTime>().AddSingleton<RenderingBudget>();
        services.AddSingleton<SentenceStore>().AddSingleton<SpeechPipeline>().AddSingleton<SentenceReader>();
        services.AddSingleton<SentenceJoin>().AddSingleton<RenderingJobs>();
        services.AddSingleton<Renderings>().AddSingleton<RenderingCache>();
        services.AddSingleton<ForgetPreviews>().AddSingleton(KeptRenderings.Step);
        services.AddSingleton<IKeptKind, KeptMasters>().AddSingleton<IKeptKind, KeptSounds>();
        services.AddSingleton<IKeptKind, KeptPreviews>().AddSingleton<IKeptKind, KeptSentences>();
        services.AddHostedService<ClearLeftovers>();
    }

    static void AddApproval(this IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<ReleaseOptions>()
            .Bind(config.GetSection(ReleaseOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddScoped<ReleaseTerms>().AddScoped<SoundPieces>();
        services.AddScoped<SignatureCheck>();
        services.AddScoped<IReleases, Releases>();
    }
}
