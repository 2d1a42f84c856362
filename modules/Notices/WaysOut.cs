using Loa.Contracts.Notices;
using Loa.Notices.Addresses;
using Loa.Notices.Delivery;
using Loa.Notices.Mail;
using Loa.Notices.Phones;
using Loa.Notices.Push;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Loa.Notices;

/// <summary>The ways by which notices leave the console, each with a loop of its own, so that none waits for another.</summary>
static class WaysOut
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void AddWays(this IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<DeliveryOptions>()
            .Bind(config.GetSection(DeliveryOptions.Section))
            .Validate(
                o => o.IsWhole,
                "Notices:Address is where officers open the console, such as https://loa.tinh.example."
            )
            .ValidateOnStart();
        services
            .AddOptions<MailOptions>()
            .Bind(config.GetSection(MailOptions.Section))
            .ValidateDataAnnotations()
            .Validate(o => o.IsWhole, "Notices:Mail needs From, an address.")
            .ValidateOnStart();
        services.AddOptions<PushOptions>().Bind(config.GetSection(PushOptions.Section));
        services.AddSingleton<LetterText>().AddSingleton<AddressText>().AddSingleton<PushKey>();
        services.AddSingleton<IMail, MailOut>().AddHostedService<SendAddressLetters>();
        services.AddWay(p => ActivatorUtilities.CreateInstance<MailWay>(p));
        services.AddWay(p => ActivatorUtilities.CreateInstance<PushWay>(p));
        foreach (var gateway in config.GetSection(PhoneGatewayOptions.Section).Get<PhoneGatewayOptions[]>() ?? [])
        {
            gateway.Check();
            services.AddWay(p => ActivatorUtilities.CreateInstance<PhoneWay>(p, gateway));
        }
        foreach (var client in new[] { PhoneWay.Client, PushWay.Word })
            services
                .AddHttpClient(client, c => c.Timeout = Patience)
                // Where it leads on is none of the addresses that somebody vouched for.
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    static void AddWay(this IServiceCollection services, Func<IServiceProvider, IWay> make)
    {
        var key = new object();
        services.AddKeyedSingleton<IWay>(key, (p, _) => make(p));
        services.AddSingleton(p => p.GetRequiredKeyedService<IWay>(key));
        services.AddSingleton<IHostedService>(p =>
            ActivatorUtilities.CreateInstance<SendNotices>(p, p.GetRequiredKeyedService<IWay>(key))
        );
    }
}
