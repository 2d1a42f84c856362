using System.CommandLine;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Keys;
using Loa.People.Officers;
using Loa.People.Security;
using Loa.People.Seed;
using Loa.People.Sessions;
using Loa.People.SignIn;
using Loa.People.Trust;
using Loa.People.Units;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.People;

/// <summary>The door of People: units, officers, posts, sign-in, keys and delegations.</summary>
public static class PeopleModule
{
    internal static readonly WebFiles Files = new(typeof(PeopleModule).Assembly, "people");

    static readonly UseCases UseCases = new UseCases()
        .Add<SignIn.SignIn>()
        .Add<ChooseFirstPassword>()
        .Add<SignOut>()
        .Add<SignOutEverywhere>()
        .Add<ChangePassword>()
        .Add<ShowAccount>()
        .Add<EndSession>()
        .Add<ShowSecurity>()
        .Add<ShowMe>()
        .Add<ShowKeys>()
        .Add<AskForDelegation>()
        .Add<LetDemoRootSign>()
        .Add<GiveUpKey>()
        .Add<ShowTrust>()
        .Add<FetchRequest>()
        .Add<GrantDelegation>()
        .Add<DeclineDelegation>()
        .Add<RevokeDelegation>()
        .Add<PublishRevocations>()
        .Add<DrawUpRevocations>()
        .Add<ShowRoot>()
        .Add<DrawUpHandOver>()
        .Add<HandOverRoot>()
        .Add<ListOfficers>()
        .Add<ShowOfficer>()
        .Add<RegisterOfficer>()
        .Add<AppointOfficer>()
        .Add<EndPost>()
        .Add<RenameOfficer>()
        .Add<LockOfficer>()
        .Add<UnlockOfficer>()
        .Add<InviteAgain>()
        .Add<SignOutOfficer>()
        .Add<ListUnits>()
        .Add<ShowUnit>()
        .Add<EstablishUnit>()
        .Add<RenameUnit>()
        .Add<RecodeUnit>()
        .Add<TransferUnit>()
        .Add<DissolveUnit>()
        .Add<ListFaults>()
        .Add<MendUnit>();

    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(PeopleModule).Assembly);
        services.AddModuleDb<PeopleDb>("people");
        services.AddSingleton(Files);
        UseCases.AddTo(services);
        AddUnits(services);
        AddOfficers(services);
        AddSignIn(services, config);
        AddTrust(services, config);
        services.AddScoped<ISeed, SeedPeople>();
        AddRights(services);
        return services;
    }

    /// <summary>The command line of the root's keeper: <c>loa trust …</c>.</summary>
    public static Command TrustCommand() => Trust.Keeper.TrustCommand.Make();

    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddRights(IServiceCollection services) =>
        services
            .AddRoles(RoleNames.Administrator, RoleNames.Auditor)
            .AddRights(
                new(PeopleRights.SeeUnits, Right.EveryRole),
                new(PeopleRights.ManageUnits, RoleNames.Administrator),
                new(PeopleRights.ManageOfficers, RoleNames.Administrator),
                new(PeopleRights.ManageTrust, RoleNames.Administrator),
                new(PeopleRights.SeeLedger, RoleNames.Administrator, RoleNames.Auditor),
                new(PeopleRights.HoldKey, RoleNames.Approver, RoleNames.Technician)
            );

    static void AddUnits(IServiceCollection services)
    {
        services.AddSingleton(UnitProcedure.Definition);
        services.AddSingleton<UnitRegister>();
        services.AddSingleton<IUnits>(p => p.GetRequiredService<UnitRegister>());
        services.AddScoped<UnitCases>();
        services.AddScoped<IHomeTiles, UnitTiles>();
        services.AddScoped<ILedgerRule, TreeProof>();
        services.AddSingleton(new NavItem("nav.units", "/units", "building-community", PeopleRights.SeeUnits, 600));
    }

    static void AddOfficers(IServiceCollection services)
    {
        services.AddSingleton(OfficerProcedure.Definition);
        services.AddSingleton<PostCache>();
        services.AddSingleton<IPosts>(p => p.GetRequiredService<PostCache>());
        services.AddScoped<OfficerCases>().AddScoped<Invitations>();
        services.AddSingleton(new NavItem("nav.officers", "/officers", "users", PeopleRights.ManageOfficers, 610));
    }

    static void AddSignIn(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<GateOptions>()
            .Bind(config.GetSection("SignIn"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddIdentityCore<Account>().AddEntityFrameworkStores<PeopleDb>();
        services
            .AddOptions<IdentityOptions>()
            .Configure<IOptions<GateOptions>>(
                (identity, options) =>
                {
                    // Length is what counts; rules about signs make people write passwords down.
                    identity.Password.RequiredLength = options.Value.PasswordLength;
                    identity.Password.RequiredUniqueChars = 4;
                    identity.Password.RequireDigit = false;
                    identity.Password.RequireLowercase = false;
                    identity.Password.RequireUppercase = false;
                    identity.Password.RequireNonAlphanumeric = false;
                    identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
                }
            );
        SessionCookie.Add(services);
        services.AddSingleton<DecoyHash>().AddSingleton<Attempts>().AddSingleton<PasswordWork>();
        services.AddSingleton<DeviceCookie>().AddSingleton<SignInLog>();
        services
            .AddScoped<PasswordCheck>()
            .AddScoped<NewPassword>()
            .AddScoped<EasyPassword>()
            .AddScoped<OfficerNames>();
        services.AddScoped<Arrival>().AddScoped<LastTime>().AddScoped<SessionEnds>().AddScoped<SessionList>();
        services.AddScoped<SecurityEvents>();
        services.AddSingleton<SessionCache>();
        services.AddSingleton<ISessions>(p => p.GetRequiredService<SessionCache>());
        services.AddHostedService<KeepSessions>();
        services.AddSingleton(new NavItem("nav.security", "/security", "history", PeopleRights.SeeLedger, 720));
        services.AddSingleton(new NavItem("nav.account", "/account", "user", Order: 900));
    }

    static void AddTrust(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<TrustOptions>()
            .Bind(config.GetSection("Trust"))
            .Configure(options => options.Demo = config.GetValue("Demo", false))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(DelegationProcedure.Definition).AddSingleton(RevocationProcedure.Definition);
        services.AddSingleton(RootProcedure.Definition);
        services.AddSingleton<KeyFolder>().AddSingleton<ProvinceRoots>().AddSingleton<ProvinceTrust>();
        services.AddSingleton<ITrust>(p => p.GetRequiredService<ProvinceTrust>());
        services.AddSingleton<ILedgerSigner, LedgerSigner>();
        services.AddScoped<Delegations>().AddScoped<RevocationList>().AddScoped<ServerDelegation>();
        services.AddScoped<HolderReach>().AddScoped<Orphans>().AddScoped<RootHandOver>();
        services.AddReceiver<RenewRoots, RootChanged>();
        services.AddHostedService<WatchPosts>();
        services.AddScoped<IHomeTiles, TrustTiles>();
        services.AddSingleton(new NavItem("nav.keys", "/keys", "key", PeopleRights.HoldKey, 700));
        services.AddSingleton(new NavItem("nav.trust", "/trust", "shield-check", PeopleRights.ManageTrust, 710));
    }
}
