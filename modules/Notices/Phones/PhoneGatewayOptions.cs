using System.ComponentModel.DataAnnotations;

namespace Loa.Notices.Phones;

/// <summary>
/// Something outside that tells a telephone number a sentence: an operator of SMS, a messenger (configuration section
/// Notices:Gateways, one after the other). Its address comes from here and from nowhere else.
/// </summary>
sealed class PhoneGatewayOptions
{
    public const string Section = "Notices:Gateways";

    public const string Names = "^(sms|zalo)$";

    /// <summary>The way's name: sms or zalo.</summary>
    [RegularExpression(Names)]
    public string Name { get; init; } = "";

    public Uri? Url { get; init; }

    /// <summary>Signs what is sent, so that the gateway takes nothing from anybody else.</summary>
    [MinLength(16)]
    public string Secret { get; init; } = "";

    /// <summary>Stops the start, and not the first sentence.</summary>
    public void Check()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (Url is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            throw new ValidationException(
                $"{Section}: {Name} needs Url, an address such as https://sms.tinh.example/send."
            );
    }
}
